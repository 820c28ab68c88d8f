# message: changed argument 1
def process_one(entrypoint, cmd, arguments, override):
    def words(x):
        if isinstance(x, str):
            return ["/bin/sh", "-c", x]
        return [] if x is None else x

    if override is None:
        head, tail = words(entrypoint), arguments or words(cmd)
    else:
        head, tail = ([override] if override else []), arguments
    if not head + tail:
        raise ValueError("nothing to start")
    head += tail
    return head
