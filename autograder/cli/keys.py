"""Single keys from a terminal, whole lines from anything else."""

from __future__ import annotations

import contextlib
import os
import select
import sys
import termios
import threading
import tty
from collections.abc import Callable, Iterator


@contextlib.contextmanager
def key_presses(on_key: Callable[[str], None]) -> Iterator[None]:
    """Call back, from a thread, with each key, or the first letter of each line if stdin is no terminal."""
    ended = threading.Event()
    descriptor = sys.stdin.fileno() if sys.stdin else -1
    is_terminal = descriptor >= 0 and os.isatty(descriptor)
    before = termios.tcgetattr(descriptor) if is_terminal else None

    def follow() -> None:
        while not ended.is_set():
            if not select.select([descriptor], [], [], 0.2)[0]:
                continue
            read = os.read(descriptor, 1024).decode(errors="replace")
            if not read:
                return
            for key in read if is_terminal else [line[:1] for line in read.splitlines()]:
                on_key(key.lower())

    if before is not None:
        tty.setcbreak(descriptor)  # Ctrl-C still interrupts
    thread = threading.Thread(target=follow, daemon=True)
    if descriptor >= 0:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        if before is not None:
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
