def rebuilt_steps(before, after, changed):
    runs, broken = [], False
    for i, step in enumerate(after):
        keyword, args = step
        if not broken:
            if i >= len(before) or before[i][0] != keyword or list(before[i][1]) != list(args):
                broken = True
            elif keyword == "COPY":
                for source in args[:-1]:
                    source = source.rstrip("/")
                    for path in changed:
                        if source == "." or path == source or path.startswith(source + "/"):
                            broken = True
        if broken:
            runs.append(i)
    return runs
