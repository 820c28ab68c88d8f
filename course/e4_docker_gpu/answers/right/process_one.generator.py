def process_one(entrypoint, cmd, arguments, override):
    def words():
        if override is None:
            if isinstance(entrypoint, str):
                yield from ("/bin/sh", "-c", entrypoint)
            elif entrypoint:
                yield from entrypoint
        elif override != "":
            yield override
        if arguments:
            yield from arguments
        elif override is None:
            if isinstance(cmd, str):
                yield from ("/bin/sh", "-c", cmd)
            elif cmd:
                yield from cmd

    found = list(words())
    if len(found) == 0:
        raise ValueError
    return found
