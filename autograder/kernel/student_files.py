"""The open files that a student's kernel is given: it can open nothing of the trusted side by itself."""

from __future__ import annotations

import os
import socket
import tarfile
import tempfile
from pathlib import Path
from typing import IO

from autograder.sandbox.limits import Limits

CHANNELS = ("shell", "iopub", "stdin", "hb", "control")
# "files" is a tar archive of what lies in the kernel's working folder.
FILES = ("connection_file", "files", *CHANNELS, "call_socket")


def pack(folder: Path | None, limits: Limits) -> IO[bytes]:
    """Return the regular files below ``folder`` as an open tar archive that has no name; links are left out.

    Raises:
        ValueError: if there is more than ``limits`` allow.
    """
    total = 0
    archive = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    with tarfile.open(fileobj=archive, mode="w") as content:
        for place, subfolders, names in os.walk(folder) if folder is not None else ():
            subfolders.sort()
            for name in sorted(names):
                path = Path(place, name)
                if path.is_symlink() or not path.is_file():
                    continue
                size = path.stat().st_size
                total += size
                if size > limits.file_bytes or total > limits.disk_bytes:
                    raise ValueError(f"{path} is too large for the kernel's limits. Mend: make it smaller.")
                member = content.gettarinfo(path, arcname=str(path.relative_to(folder or "")))
                member.mode, member.type = 0o644, tarfile.REGTYPE  # a file with a second name is a file all the same
                member.size = size
                with path.open("rb") as file:
                    content.addfile(member, file)
    archive.seek(0)
    return archive


def listen(path: Path) -> socket.socket:
    """Return a listening Unix socket at ``path``, in the place of an older one."""
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen(16)
    return listener
