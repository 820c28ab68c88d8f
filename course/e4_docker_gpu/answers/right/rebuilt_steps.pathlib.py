from itertools import zip_longest
from pathlib import PurePosixPath


def rebuilt_steps(before, after, changed):
    def is_read(step):
        keyword, args = step
        sources = [PurePosixPath(s) for s in args[:-1]] if keyword == "COPY" else []
        return any(s == PurePosixPath(".") or PurePosixPath(p).is_relative_to(s) for s in sources for p in changed)

    hits = [old == new and not is_read(new) for old, new in zip_longest(before, after) if new is not None]
    first = hits.index(False) if False in hits else len(hits)
    return [i for i in range(first, len(after))]
