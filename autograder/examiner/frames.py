"""Messages in frames on a Unix stream socket: a head, the sizes, and then memory that nobody copies."""

from __future__ import annotations

import contextlib
import socket
import struct
import time
from collections.abc import Iterator

import numpy as np

from autograder.examiner.limits import TooLarge, WireError
from autograder.examiner.wire import Packed

_MARK = b"ASK1"
_HEAD = struct.Struct("<4sIQ")  # the mark, how many buffers follow, bytes of the body
_MOST_BUFFERS = 1 << 18
_MOST_PARTS = 512  # of one sendmsg; Linux takes 1024
_READ_AHEAD = 1 << 16


class Frames:
    """One end of a connection.

    Deadlines are times of ``time.monotonic()``; ``None`` waits for ever. After a :class:`TimeoutError`
    the connection can be used on only if :attr:`is_between_frames` is true.

    Attributes:
        is_between_frames: whether no frame was left half sent or half read.
    """

    def __init__(self, connection: socket.socket, most_bytes: int):
        self._socket = connection
        self._most_bytes = most_bytes
        self._scratch = memoryview(bytearray(_READ_AHEAD))
        self._ahead = self._scratch[:0]
        self.is_between_frames = True

    def send(self, message: Packed, deadline: float | None = None) -> None:
        """Send one frame; raises TimeoutError, and EOFError if the other end is gone."""
        count = len(message.buffers)
        head = _HEAD.pack(_MARK, count, len(message.body))
        head += struct.pack(f"<{count}Q", *(memory.size for memory in message.buffers))
        parts = [memoryview(head + message.body), *(memory.data for memory in message.buffers)]
        first = 0
        with _end_of_connection():
            while first < len(parts):
                self._wait_until(deadline)
                sent = self._socket.sendmsg(parts[first : first + _MOST_PARTS])
                self.is_between_frames = False
                while first < len(parts) and sent >= len(parts[first]):
                    sent -= len(parts[first])
                    first += 1
                if sent:
                    parts[first] = parts[first][sent:]
        self.is_between_frames = True

    def receive(self, deadline: float | None = None) -> Packed:
        """Return the next frame.

        Raises:
            TimeoutError: at the deadline.
            EOFError: if the other end is gone.
            TooLarge: if the frame is larger than this end takes; nothing is allocated for it.
            WireError: if it is no frame.
        """
        with _end_of_connection():
            if not self._ahead:
                self._read_ahead(deadline)
            self.is_between_frames = False
            mark, count, size = _HEAD.unpack(self._read(_HEAD.size, deadline))
            if mark != _MARK or count > _MOST_BUFFERS:
                raise WireError("something that is no message")
            if size > self._most_bytes:
                raise TooLarge(f"a value of {size / 1e6:,.0f} MB")
            sizes = struct.unpack(f"<{count}Q", self._read(8 * count, deadline)) if count else ()
            if size + sum(sizes) > self._most_bytes:
                raise TooLarge(f"a value of {sum(sizes) / 1e6:,.0f} MB")
            body = bytes(self._read(size, deadline))
            buffers = []
            for length in sizes:
                # np.empty takes no memory before something is written to it.
                memory = np.empty(length, np.uint8)
                self._read_into(memory.data, deadline)
                buffers.append(memory)
        self.is_between_frames = True
        return Packed(body, buffers)

    def _read(self, size: int, deadline: float | None) -> memoryview:
        while len(self._ahead) < size <= _READ_AHEAD // 2:
            self._read_ahead(deadline)
        if size <= len(self._ahead):
            piece, self._ahead = self._ahead[:size], self._ahead[size:]
            return piece
        memory = np.empty(size, np.uint8).data
        self._read_into(memory, deadline)
        return memory

    def _read_into(self, target: memoryview, deadline: float | None) -> None:
        ready = min(len(target), len(self._ahead))
        target[:ready], self._ahead = self._ahead[:ready], self._ahead[ready:]
        while ready < len(target):
            self._wait_until(deadline)
            count = self._socket.recv_into(target[ready:])
            if not count:
                raise EOFError
            ready += count

    def _read_ahead(self, deadline: float | None) -> None:
        """Read what has come, at least one byte, behind what was read before."""
        kept = len(self._ahead)
        self._scratch[:kept] = bytes(self._ahead)
        self._wait_until(deadline)
        count = self._socket.recv_into(self._scratch[kept:])
        self._ahead = self._scratch[: kept + count]
        if not count:
            raise EOFError

    def _wait_until(self, deadline: float | None) -> None:
        """Give the next operation on the socket what is left of the time."""
        if deadline is None:
            self._socket.settimeout(None)
            return
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._socket.settimeout(left)


@contextlib.contextmanager
def _end_of_connection() -> Iterator[None]:
    try:
        yield
    except (BrokenPipeError, ConnectionResetError):
        raise EOFError from None
