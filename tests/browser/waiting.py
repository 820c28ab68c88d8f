"""Wait for what happens outside the browser."""

from __future__ import annotations

import time
from collections.abc import Callable


def wait_until(holds: Callable[[], object], what: str, seconds: float = 30) -> None:
    """Wait until something holds; raises AssertionError, which says ``what``, when it takes too long."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"waited {seconds} seconds until {what}"
        time.sleep(0.1)
