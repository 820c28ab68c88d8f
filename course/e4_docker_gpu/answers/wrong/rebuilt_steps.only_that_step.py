# message: After the first step that runs, every later one runs too
def rebuilt_steps(before, after, changed):
    found = []
    for i, (keyword, args) in enumerate(after):
        new = i >= len(before) or before[i] != (keyword, args)
        sources = args[:-1] if keyword == "COPY" else []
        if new or any(s == "." or p == s.rstrip("/") or p.startswith(s.rstrip("/") + "/") for s in sources for p in changed):
            found.append(i)
    return found
