SHELL = ["/bin/sh", "-c"]


def process_one(entrypoint, cmd, arguments, override):
    entrypoint = [*SHELL, entrypoint] if isinstance(entrypoint, str) else (entrypoint or [])
    cmd = [*SHELL, cmd] if isinstance(cmd, str) else (cmd or [])
    if override is not None:
        entrypoint = [word for word in (override,) if word]
        cmd = []
    words = [*entrypoint, *(arguments if len(arguments) > 0 else cmd)]
    if words:
        return words
    raise ValueError("nothing to start")
