"""What happens while ``course watch`` waits or checks: saves, keys, and a notebook that cannot be read."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True)
class Save:
    """The notebook was saved with this content."""

    data: bytes


@dataclass(frozen=True)
class Trouble:
    """The notebook cannot be read, for this reason."""

    reason: str


@dataclass(frozen=True)
class Key:
    """The learner pressed a key."""

    name: str


Event = Save | Trouble | Key


class Events:
    """Events of several threads, in the order in which they came; of the notebook's states only the last one counts."""

    def __init__(self) -> None:
        self._waiting: deque[Event] = deque()
        self._changed = threading.Condition()

    def put(self, event: Event) -> None:
        """Add an event."""
        with self._changed:
            if not isinstance(event, Key):
                self._waiting = deque(each for each in self._waiting if isinstance(each, Key))
            self._waiting.append(event)
            self._changed.notify()

    def get(self) -> Event:
        """Wait for the next event, and take it."""
        with self._changed:
            while not self._waiting:
                self._changed.wait(0.5)  # a wait without a limit keeps Ctrl-C waiting on some systems
            return self._waiting.popleft()

    def end_a_check(self) -> bool:
        """Return whether something waits for which a running check should be given up: a save, or the wish to quit."""
        with self._changed:
            return any(isinstance(event, Save) or event == Key("q") for event in self._waiting)
