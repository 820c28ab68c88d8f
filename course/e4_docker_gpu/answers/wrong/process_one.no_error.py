# message: Nothing says what to start: that is a ValueError
def process_one(entrypoint, cmd, arguments, override):
    def words(x):
        if isinstance(x, str):
            return ["/bin/sh", "-c", x]
        return list(x or [])

    if override is None:
        head, tail = words(entrypoint), arguments or words(cmd)
    else:
        head, tail = ([override] if override else []), arguments
    return head + tail
