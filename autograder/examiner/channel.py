"""The examiner's end of the conversation with a student's kernel.

The examiner asks, one question at a time; the kernel answers, and may, while it works on an answer, call the
functions that it was given. Every message is a list of plain data:

==========  =====================================================================================
from here   ``["ask", operation, target, operands, named, forgotten]``, ``["result", value]``,
            ``["raise", number, description]``, ``["settle", number]``, ``["bye"]``
from there  ``["value", value, changed]``, ``["end"]``, ``["error", description, changed]``,
            ``["undefined", name]``, ``["unfit", text]``, ``["settled", number]``,
            ``["call back", number, operands, named]``
==========  =====================================================================================
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import socket
import time
import types
from collections import deque
from collections.abc import Mapping
from typing import Any, NoReturn

from autograder.examiner.changes import KEEP, State, renew
from autograder.examiner.frames import Frames
from autograder.examiner.limits import TooLarge, WireError, WireLimits
from autograder.examiner.not_judged import BrokenTest, Stopped
from autograder.examiner.remote_errors import describe_error, ends_the_call, printable, rebuild_error
from autograder.examiner.stand_in import ABILITIES, END, KINDS, Form, StandIn, form_of, stand_in
from autograder.examiner.trusted_pickle import dump, is_of_library
from autograder.examiner.wire import Packed, Tagged, decode, encode
from autograder.expect.describe import show_error
from autograder.expect.mismatch import Mismatch

__all__ = ["BrokenTest", "Channel", "Stopped"]

_DEEPEST = 40
_ENVELOPE_BYTES, _ENVELOPE_DEPTH = 1_000_000, 10
"""What a message may hold beyond the value in it."""


class Channel:
    """Asks the kernel at the other end of a socket.

    Args:
        connection: a connected Unix stream socket; it is not closed.
        seconds_per_call: wall time of one question, with everything that it calls back.
        limits: of one value.
        namespace: the names that the tests see; instances of classes that are defined there can be sent.
    """

    def __init__(
        self,
        connection: socket.socket,
        *,
        seconds_per_call: float = 30.0,
        limits: WireLimits | None = None,
        namespace: Mapping[str, Any] | None = None,
    ):
        self._limits = limits or WireLimits()
        self._reply_limits = dataclasses.replace(
            self._limits, bytes=self._limits.bytes + _ENVELOPE_BYTES, depth=self._limits.depth + _ENVELOPE_DEPTH
        )
        self._frames = Frames(connection, self._reply_limits.bytes)
        self._seconds_per_call = seconds_per_call
        self._namespace = namespace if namespace is not None else {}
        self._deadline = 0.0
        self._depth = 0
        self._form = Form("", "module", "", frozenset(), "", False)  # whose answer is read
        self._origin = ""
        self._forgotten: deque[int] = deque()
        self._callbacks: dict[int, Any] = {}
        self._callback_numbers: dict[int, int] = {}
        self._raised: dict[int, BaseException] = {}
        self._numbers = itertools.count(1)
        self._stopped: Stopped | None = None
        self._openers = {
            "object": self._open_object,
            "callback": lambda content: self._callbacks[_number(content)],
            "state": State,
            "keep": lambda content: KEEP,
        }

    def stand_in(self, name: str) -> StandIn:
        """Return what stands for the function or class that the student defines under ``name``.

        The name is looked up at each call.
        """
        form = Form(name, "function", "function", frozenset({"call"}), name, name[:1].isupper())
        return stand_in(self, form)

    def fetch(self, name: str) -> Any:
        """Return the value of a variable of the student's notebook, or a stand-in if it is no plain data.

        Raises:
            Mismatch: if it is not defined.
        """
        form = Form(name, "instance", "", frozenset(), name, name[:1].isupper())
        return self.ask(form, "fetch", name)

    def settle(self, seconds: float) -> bool:
        """After :class:`Stopped` with "TimeLimit" and an interrupt of the kernel: get ready for the next question.

        Whatever comes as an answer to the old one is thrown away.

        Args:
            seconds: how long the student's code may take to come to its end.

        Returns:
            Whether the kernel can be used on; if not, it must be replaced.
        """
        if not self._frames.is_between_frames or (self._stopped is not None and self._stopped.kind != "TimeLimit"):
            return False
        deadline = time.monotonic() + seconds
        number = next(self._numbers)
        try:
            self._frames.send(encode(["settle", number], self._limits), deadline)
            while True:
                reply = decode(self._frames.receive(deadline), self._reply_limits, self._openers)
                if type(reply) is list and reply == ["settled", number]:
                    break
        except (TimeoutError, EOFError, WireError, Mismatch):
            return False
        self._stopped, self._depth = None, 0
        return True

    def bye(self) -> None:
        """Let the kernel stop answering."""
        self._deadline = time.monotonic() + self._seconds_per_call
        self._send(["bye"])

    def forget(self, target: str | int) -> None:
        """Take down that the object of this number is no longer needed; it is told with the next question."""
        if isinstance(target, int):
            self._forgotten.append(target)

    def ask(self, form: Form, operation: str, origin: str, *operands: Any, **named: Any) -> Any:
        """Have ``operation`` done with an object of the student's kernel.

        Args:
            form: which object.
            operation: what the answering side calls it.
            origin: where the result comes from, for messages.
            operands: sent by value; what the student's code changes in them is changed here, too.
            named: as ``operands``.

        Returns:
            The result by value, or a stand-in for what is not plain data; ``END`` for an iterator at its end.

        Raises:
            Mismatch: if the name is not defined, or the result cannot cross.
            Exception: the trusted class nearest to what the student's code raised.
            Stopped: if the kernel does not answer.
            BrokenTest: if the operands cannot cross.
        """
        if self._depth >= _DEEPEST:
            raise Mismatch(f"{form.origin}: functions call each other more than {_DEEPEST} deep.")
        if self._stopped is not None:
            raise self._stopped
        if self._depth == 0:
            self._deadline = time.monotonic() + self._seconds_per_call
        forgotten = [self._forgotten.popleft() for _ in range(len(self._forgotten))]
        question = ["ask", operation, form.target, operands, named, forgotten]
        self._depth += 1
        try:
            self._send(question)
            value, error = self._answer(form, origin, operands, named)
        except BaseException as cut_off:
            if self._stopped is None and not isinstance(cut_off, BrokenTest):
                # The answer may still come, and must not be taken for that to another question.
                self._stopped = Stopped("TimeLimit", "The test was stopped while a call was under way.")
            raise
        finally:
            self._depth -= 1
        if error is not None:
            raise error
        return value

    def _answer(
        self, form: Form, origin: str, operands: tuple[Any, ...], named: dict[str, Any]
    ) -> tuple[Any, BaseException | None]:
        """Serve what is called back until the answer has come, and return it as a value or an exception."""
        while True:
            packed = self._receive()
            try:
                self._form, self._origin = form, origin
                reply = decode(packed, self._reply_limits, self._openers)
                if type(reply) is not list:
                    raise WireError("no list")
                if reply[0] != "call back":
                    return self._outcome(form, reply, operands, named)
                _, number, called_with, called_with_named = reply
                function = self._callbacks[_number(number)]
                if type(called_with) is not tuple or not all(type(key) is str for key in called_with_named):
                    raise WireError("no arguments")
            except Exception as error:  # whatever is wrong with it: none of it is the test's
                self._stop("BadAnswer", "The Python process sent something that is no answer.", error)
            self._call_back(function, called_with, called_with_named)

    def _outcome(
        self, form: Form, reply: list[Any], operands: tuple[Any, ...], named: dict[str, Any]
    ) -> tuple[Any, BaseException | None]:
        match reply:
            case ["value", value, changed]:
                self._renew(operands, named, changed)
                return value, None
            case ["end"]:
                return END, None
            case ["error", dict() as description, changed]:
                self._renew(operands, named, changed)
                return None, self._error(form, description)
            case ["undefined", str() as name]:
                text = f"`{printable(name, 100)}` is not defined: define it in the cell of the answer, with this name."
                return None, Mismatch(text)
            case ["unfit", str() as text]:
                return None, Mismatch(f"{form.origin}: {printable(text)}")
        raise WireError("an answer of an unknown kind")

    def _error(self, form: Form, description: dict[str, Any]) -> BaseException:
        own = self._raised.get(description.get("own", 0))
        if own is not None:  # an exception of the test's own function, which the student's code let through
            return own
        error = rebuild_error(description)
        if ends_the_call(description):
            return Mismatch(
                f"{form.origin} ended with {show_error(error)}\n"
                "  cause     A function ends with `return`, or raises an Exception."
            )
        if isinstance(description.get("itself"), StandIn):
            error.learner_error = description["itself"]  # type: ignore[attr-defined]
        return error

    def _renew(self, operands: tuple[Any, ...], named: dict[str, Any], changed: Any) -> None:
        """Do to the arguments what the student's code did to those that it was sent."""
        for place, value in changed.items():
            if type(place) is int and 0 <= place < len(operands):
                renew(operands[place], value)
            elif type(place) is str and place in named:
                renew(named[place], value)
            else:
                raise WireError("an argument that was not passed")

    def _call_back(self, function: Any, operands: tuple[Any, ...], named: dict[str, Any]) -> None:
        """Call one of the test's functions for the student's code, and send what comes of it."""
        try:
            message = ["result", function(*operands, **named)]
        except Exception as error:
            number = next(self._numbers)
            self._raised[number] = error
            message = ["raise", number, describe_error(error)]
        try:
            self._send(message)
        except BrokenTest as error:  # what the function returned cannot be sent; the student's code waits for it
            number = next(self._numbers)
            self._raised[number] = error
            self._send(["raise", number, describe_error(error)])

    def _send(self, message: list[Any]) -> None:
        try:
            packed = encode(message, self._reply_limits, self._tagged, keep_strides=True)
        except WireError as error:
            raise BrokenTest(f"This cannot be sent to the student's function: {error}") from error
        try:
            self._frames.send(packed, self._deadline)
        except TimeoutError as error:
            self._stop("TimeLimit", self._too_slow, error)
        except (EOFError, OSError) as error:
            self._stop("KernelDied", "The Python process ended while it ran this test.", error)

    def _receive(self) -> Packed:
        try:
            return self._frames.receive(self._deadline)
        except TimeoutError as error:
            self._stop("TimeLimit", self._too_slow, error)
        except (EOFError, OSError) as error:
            self._stop("KernelDied", "The Python process ended while it ran this test.", error)
        except TooLarge as error:
            self._stop("OutputLimit", f"Your code gave back {error}, which is more than can be judged.", error)
        except WireError as error:
            self._stop("BadAnswer", "The Python process sent something that is no answer.", error)

    @property
    def _too_slow(self) -> str:
        return f"A call took longer than {self._seconds_per_call:g} s and was stopped."

    def _stop(self, kind: str, text: str, cause: Exception) -> NoReturn:
        self._stopped = Stopped(kind, text)
        raise self._stopped from cause

    def _tagged(self, value: Any) -> Tagged:
        """Say what is sent for an object that is no plain data."""
        replaced = self._replaced(value)
        if replaced is not None:
            return replaced
        try:
            return "pickle", dump(value, self._replaced)
        except (Stopped, BrokenTest):
            raise
        except Exception as error:
            raise WireError(f"{type(value).__name__} is no plain data and cannot be pickled ({error})") from error

    def _replaced(self, value: Any) -> Tagged | None:
        if issubclass(type(value), StandIn):
            form = form_of(value)
            return "object", [form.target]
        if isinstance(value, type):
            name = value.__name__
            return ("global", name) if self._namespace.get(name) is value and not is_of_library(value) else None
        if callable(value) and not is_of_library(value) and not _is_library_object(value):
            number = self._callback_numbers.get(id(value))
            if number is None:
                number = next(self._numbers)
                self._callbacks[number], self._callback_numbers[id(value)] = value, number
            return "callback", [number, getattr(value, "__name__", "function"), getattr(value, "__doc__", None)]
        return None

    def _open_object(self, content: Any) -> Any:
        """Return the stand-in, or the object of the lesson's own class, that a student's object becomes here."""
        target, kind, type_name, abilities, fields = content
        if kind not in KINDS or not set(abilities) <= set(ABILITIES):
            raise WireError("an object of an unknown kind")
        known = self._namespace.get(type_name)
        if known is not None and fields is not None and set(fields) == _fields(known):
            self.forget(_number(target))
            twin = object.__new__(known)
            for name, value in fields.items():
                object.__setattr__(twin, name, value)
            return twin
        is_of_class = self._form.is_of_class
        name = printable(type_name, 100).replace("\n", " ")
        form = Form(_number(target), kind, name, frozenset(abilities), self._origin, is_of_class)
        return stand_in(self, form)


def _fields(kind: Any) -> set[str] | None:
    """Return the names of the fields of a dataclass, or ``None`` for anything else."""
    if type(kind) is not type or not dataclasses.is_dataclass(kind):
        return None
    return {field.name for field in dataclasses.fields(kind)}


def _is_library_object(value: Any) -> bool:
    """Return whether a callable object, such as a layer of torch, is better sent than called back."""
    return not isinstance(value, _FUNCTIONS) and is_of_library(type(value))


_FUNCTIONS = (types.FunctionType, types.MethodType, types.BuiltinFunctionType, functools.partial)


def _number(content: Any) -> int:
    number = content[0] if type(content) is list else content
    if type(number) is not int or number < 1:
        raise WireError("not a number of an object")
    return number
