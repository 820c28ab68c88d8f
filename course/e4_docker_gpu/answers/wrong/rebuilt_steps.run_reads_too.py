# message: b.txt is the destination, in the image
def rebuilt_steps(before, after, changed):
    def covers(source, path):
        source = source.rstrip("/")
        return source == "." or path == source or path.startswith(source + "/")

    for i, (keyword, args) in enumerate(after):
        new = i >= len(before) or before[i] != (keyword, args)
        sources = args[:-1] if keyword == "COPY" else args[0].split()
        if new or any(covers(s, p) for s in sources for p in changed):
            return list(range(i, len(after)))
    return []
