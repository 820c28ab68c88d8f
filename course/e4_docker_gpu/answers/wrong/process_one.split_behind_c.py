# message: The text is one word behind -c
def process_one(entrypoint, cmd, arguments, override):
    def words(x):
        if isinstance(x, str):
            return ["/bin/sh", "-c", *x.split()]
        return list(x or [])

    if override is None:
        head, tail = words(entrypoint), arguments or words(cmd)
    else:
        head, tail = ([override] if override else []), arguments
    if not head + tail:
        raise ValueError("nothing to start")
    return head + tail
