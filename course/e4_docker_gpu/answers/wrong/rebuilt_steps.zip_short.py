# message: A step that the old file did not have is not in the cache
def rebuilt_steps(before, after, changed):
    def covers(source, path):
        source = source.rstrip("/")
        return source == "." or path == source or path.startswith(source + "/")

    for i, (old, (keyword, args)) in enumerate(zip(before, after)):
        sources = args[:-1] if keyword == "COPY" else []
        if old != (keyword, args) or any(covers(s, p) for s in sources for p in changed):
            return list(range(i, len(after)))
    return []
