import hashlib


def rebuilt_steps(before, after, changed):
    def keys(steps, version):
        key, found = "", []
        for keyword, args in steps:
            stamp = ""
            if keyword == "COPY":
                hit = any(
                    s == "." or p.split("/")[: len(s.strip("/").split("/"))] == s.strip("/").split("/")
                    for s in args[:-1]
                    for p in changed
                )
                stamp = version if hit else ""
            key = hashlib.sha256(repr((key, keyword, list(args), stamp)).encode()).hexdigest()
            found.append(key)
        return found

    known = set(keys(before, "old"))
    return [i for i, key in enumerate(keys(after, "new")) if key not in known]
