def process_one(entrypoint, cmd, arguments, override):
    def form(x):
        match x:
            case None:
                return []
            case str():
                return ["/bin/sh", "-c", x]
            case _:
                return list(x)

    head, tail = form(entrypoint), form(cmd)
    if override is not None:
        head, tail = ([override] if override else []), []
    if arguments:
        tail = list(arguments)
    if not head + tail:
        raise ValueError("no command specified")
    return head + tail
