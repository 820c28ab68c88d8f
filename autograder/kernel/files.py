"""Refuse writes outside the folders that a notebook owns."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# Audit events that change the file system -> positions of the paths among their arguments.
_CHANGES: dict[str, tuple[int, ...]] = {
    "os.mkdir": (0,),
    "os.rename": (0, 1),
    "os.remove": (0,),
    "os.rmdir": (0,),
    "os.link": (1,),
    "os.symlink": (1,),
    "os.truncate": (0,),
    "os.chmod": (0,),
    "shutil.rmtree": (0,),
}


def confine_writes(folders: Sequence[Path]) -> None:
    """From now on refuse Python's own writes outside ``folders``, for good.

    Libraries that write through C (``cv2.imwrite``, for one) are not seen here: the run compares the
    folders around the notebook before and after as well.
    """
    allowed = tuple(os.path.realpath(folder) + os.sep for folder in (*folders, Path("/dev")))

    def refuse(path: Any) -> None:
        if not isinstance(path, (str, bytes, os.PathLike)):
            return  # a file descriptor that was opened before
        real = os.path.realpath(os.fsdecode(path))
        if not (real + os.sep).startswith(allowed):
            raise PermissionError(f"Writing outside the notebook's folder is refused: {os.fsdecode(path)}")

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = args
            writes = any(letter in mode for letter in "wax+") if isinstance(mode, str) else bool(flags & _WRITE_FLAGS)
            if writes:
                refuse(path)
        elif event in _CHANGES:
            for position in _CHANGES[event]:
                refuse(args[position])

    sys.addaudithook(hook)
