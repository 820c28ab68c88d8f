# message: in another place it is another step
def rebuilt_steps(before, after, changed):
    def covers(source, path):
        source = source.rstrip("/")
        return source == "." or path == source or path.startswith(source + "/")

    for i, (keyword, args) in enumerate(after):
        new = (keyword, args) not in before
        sources = args[:-1] if keyword == "COPY" else []
        if new or any(covers(s, p) for s in sources for p in changed):
            return list(range(i, len(after)))
    return []
