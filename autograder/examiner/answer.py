"""The student's end of the conversation: runs in the student's kernel and does what the examiner asks.

It runs beside code that may do anything to it, so nothing here protects a grade. It has to cope with honest
code: errors, prints, threads, interrupts, and results that cannot be sent.
"""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import signal
import socket
import threading
import types
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.examiner.changes import state_of
from autograder.examiner.frames import Frames
from autograder.examiner.limits import TooLarge, WireError, WireLimits
from autograder.examiner.remote_errors import describe_error, rebuild_error
from autograder.examiner.trusted_pickle import is_of_library, load
from autograder.examiner.wire import Packed, Tagged, decode, encode

_UNCHANGEABLE = frozenset({type(None), bool, int, float, complex, str, bytes, range})
_ITERATOR_MODULES = frozenset({"builtins", "itertools"})


def answer(connection: socket.socket, namespace: dict[str, Any], limits: WireLimits | None = None) -> None:
    """Answer the examiner until it says "bye" or is gone.

    Args:
        connection: a connected Unix stream socket.
        namespace: the globals of the student's notebook; names are looked up at each call.
        limits: of one value.
    """
    answerer = _Answerer(connection, namespace, limits or WireLimits())
    with answerer.interrupts():
        answerer.serve()


class _Undefined(Exception):
    """The notebook has no such name."""


class _End(Exception):
    """The iterator has no more items."""


@dataclasses.dataclass(frozen=True)
class _Whole:
    """An object that stays here with its methods, although what it contains could be sent by value."""

    content: Any


class _Answerer:
    def __init__(self, connection: socket.socket, namespace: dict[str, Any], limits: WireLimits):
        self._limits = limits
        self._question_limits = dataclasses.replace(limits, bytes=limits.bytes * 2, depth=limits.depth + 20)
        self._frames = Frames(connection, self._question_limits.bytes)
        self._namespace = namespace
        self._objects: dict[int, Any] = {}
        self._numbers = itertools.count(1)
        self._callbacks: dict[int, Callable[..., Any]] = {}
        self._callback_numbers: dict[int, int] = {}
        self._passed: dict[int, Any] = {}  # by id: what came with the question and is no plain data
        self._problem = ""  # why a part of the last message could not be rebuilt
        self._turn = threading.RLock()  # held by the thread that is in conversation with the examiner
        self._answering = 0  # questions that are being answered, one inside the other
        self._settling: int | None = None
        self._is_interruptible = False
        self._is_over = False
        self._openers = {
            "object": lambda content: self._open(lambda: self._subject(content[0])),
            "callback": self._open_callback,
            "global": lambda name: self._open(lambda: self._namespace[name]),
            "pickle": lambda data: self._open(lambda: self._open_pickle(data)),
        }

    @contextlib.contextmanager
    def interrupts(self) -> Iterator[None]:
        """Let SIGINT end the student's code, and never the conversation."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def interrupt(_signal: int, _frame: types.FrameType | None) -> None:
            if self._is_interruptible:
                raise KeyboardInterrupt

        former = signal.signal(signal.SIGINT, interrupt)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, former)

    def serve(self) -> None:
        """Answer questions until there are no more."""
        while not self._is_over:
            try:
                packed = self._frames.receive()
            except EOFError:
                return
            message = self._read(packed)
            if message[0] == "bye":
                return
            if message[0] == "settle":
                self._settling = message[1]
            elif message[0] == "ask":
                self._respond(message)
            if self._settling is not None:
                self._frames.send(encode(["settled", self._settling], self._limits))
                self._settling = None

    def _read(self, packed: Packed) -> list[Any]:
        self._problem = ""
        message: list[Any] = decode(packed, self._question_limits, self._openers, may_have_strides=True)
        return message

    def _respond(self, message: list[Any]) -> None:
        _, operation, target, operands, named, forgotten = message
        for number in forgotten:
            self._objects.pop(number, None)
        self._answering += 1
        reply: Packed | None = None
        try:
            self._is_interruptible = True
            reply = self._answer(operation, target, operands, named)
            self._is_interruptible = False
        except BaseException as error:  # SystemExit, KeyboardInterrupt and whatever else the student's code raises
            self._is_interruptible = False
            reply = self._error(error, {})
        finally:
            self._answering -= 1
        with self._turn:
            self._frames.send(reply)

    def _answer(self, operation: str, target: str | int, operands: tuple[Any, ...], named: dict[str, Any]) -> Packed:
        """Do what is asked and encode the outcome."""
        if self._problem:
            return encode(["unfit", self._problem], self._limits)
        try:
            subject = self._subject(target)
        except _Undefined:
            return encode(["undefined", target], self._limits)
        before = {
            place: (value, self._print_of(value))
            for place, value in (*enumerate(operands), *named.items())
            if type(value) not in _UNCHANGEABLE
        }
        try:
            value = self._perform(operation, subject, operands, named)
        except _End:
            return encode(["end"], self._limits)
        except BaseException as error:
            self._is_interruptible = False
            return self._error(error, self._changed(before))
        if operation == "call" and isinstance(subject, type) and _is_extended_container(value):
            value = _Whole(value)
        try:
            return encode(["value", value, self._changed(before)], self._limits, self._tagged)
        except TooLarge as error:
            return encode(["unfit", f"it gave back {error}, which is more than can be judged."], self._limits)
        except WireError as error:
            return encode(["unfit", f"it gave back {error}, which cannot be judged."], self._limits)

    def _subject(self, target: str | int) -> Any:
        if isinstance(target, int):
            return self._objects[target]
        if target not in self._namespace:
            raise _Undefined
        return self._namespace[target]

    def _perform(self, operation: str, subject: Any, operands: tuple[Any, ...], named: dict[str, Any]) -> Any:
        match operation:
            case "call":
                return subject(*operands, **named)
            case "fetch":
                return subject
            case "attribute":
                return getattr(subject, operands[0])
            case "set attribute":
                return setattr(subject, *operands)
            case "iterate":
                return iter(subject)
            case "next":
                try:
                    return next(subject)
                except StopIteration:
                    raise _End from None
            case "length":
                return len(subject)
            case "item":
                return subject[operands[0]]
            case "enter":
                return subject.__enter__()
            case "exit":
                return subject.__exit__(None, None, None)
            case "is instance":
                return isinstance(operands[0], subject)
        raise ValueError(f"an unknown operation: {operation}")

    def _changed(self, before: dict[Any, tuple[Any, Any]]) -> dict[Any, Any]:
        """Return the arguments that are not what they were, by position or name."""
        return {
            place: value
            for place, (value, print_before) in before.items()
            if not _are_equal(print_before, self._print_of(value))
        }

    def _print_of(self, value: Any) -> Any:
        """Return what tells whether an argument was changed, or ``None`` if nothing can."""
        if type(value) is np.ndarray and not value.dtype.hasobject:
            return value.dtype, value.shape, value.tobytes()
        try:
            packed = encode(value, self._question_limits, self._state)
        except Exception:  # nested too deeply, for example
            return None
        return Packed(packed.body, [memory.copy() for memory in packed.buffers])

    def _state(self, value: Any) -> Tagged:
        state = state_of(value)
        return ("keep", id(value)) if state is None else ("state", state)

    def _error(self, error: BaseException, changed: dict[Any, Any]) -> Packed:
        description = describe_error(error)
        description["own"] = getattr(error, "_raised_by_examiner", 0)
        if not is_of_library(type(error)):
            description["itself"] = error.with_traceback(None)
        try:
            return encode(["error", description, changed], self._limits, self._tagged)
        except Exception:
            description.pop("itself", None)
            return encode(["error", description, {}], self._limits)

    def _tagged(self, value: Any) -> Tagged:
        """Say what is sent for an object that is no plain data."""
        if type(value) is _Whole:
            value = value.content
        if id(value) in self._passed:
            return "state", _plain_part(state_of(value))
        number = self._callback_numbers.get(id(value))
        if number is not None:
            return "callback", [number]
        number = next(self._numbers)
        self._objects[number] = value
        return "object", [number, _kind_of(value), type(value).__name__, _abilities_of(value), _fields_of(value)]

    def _open(self, opener: Callable[[], Any]) -> Any:
        """Return what is opened, or take down why it cannot be rebuilt here."""
        try:
            return opener()
        except Exception as error:
            self._problem = f"an argument could not be rebuilt in the notebook ({type(error).__name__}: {error})"
            return None

    def _open_pickle(self, data: bytes) -> Any:
        value = load(data, self._openers)
        self._passed[id(value)] = value
        return value

    def _open_callback(self, content: list[Any]) -> Callable[..., Any]:
        """Return the function that stands here for one of the examiner's."""
        number, name, text = content
        if number not in self._callbacks:

            def function(*args: Any, **kwargs: Any) -> Any:
                return self._call_back(number, args, kwargs)

            function.__name__ = function.__qualname__ = name
            function.__doc__ = text
            self._callbacks[number], self._callback_numbers[id(function)] = function, number
        return self._callbacks[number]

    def _call_back(self, number: int, operands: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """Have the examiner call its function; may be done by any thread while a question is being answered."""
        with self._turn_of_thread():
            self._frames.send(encode(["call back", number, operands, named], self._limits, self._tagged))
            while True:
                message = self._read(self._frames.receive())
                match message[0]:
                    case "result":
                        if self._problem:
                            raise RuntimeError(self._problem)
                        return message[1]
                    case "raise":
                        error = rebuild_error(message[2])
                        error._raised_by_examiner = message[1]  # type: ignore[attr-defined]
                        raise error
                    case "settle":
                        self._settling = message[1]
                        raise KeyboardInterrupt
                    case "bye":
                        self._is_over = True
                        raise KeyboardInterrupt
                    case "ask":
                        self._respond(message)

    @contextlib.contextmanager
    def _turn_of_thread(self) -> Iterator[None]:
        if self._settling is not None or self._is_over:
            raise KeyboardInterrupt
        if not self._answering:
            raise RuntimeError("This function belongs to a test that is over.")
        is_main = threading.current_thread() is threading.main_thread()
        with self._turn:
            if is_main:
                self._is_interruptible = False
            try:
                yield
            finally:
                if is_main:
                    self._is_interruptible = True


def _is_extended_container(value: Any) -> bool:
    """Return whether it is an instance of a class that extends a container, and so may have methods of its own."""
    return isinstance(value, (dict, list, set)) and type(value) not in (dict, list, set)


def _are_equal(a: Any, b: Any) -> bool:
    if a is None or b is None:
        return True  # nothing can be said
    if not isinstance(a, Packed) or not isinstance(b, Packed):
        return bool(a == b)
    return a.body == b.body and all(np.array_equal(x, y) for x, y in zip(a.buffers, b.buffers, strict=True))


def _plain_part(state: Any) -> Any:
    """Return the entries of an object's state that can be sent."""
    if type(state) is not dict:
        return state
    kept = {}
    for name, value in state.items():
        with contextlib.suppress(WireError):
            encode(value, WireLimits())
            kept[name] = value
    return kept


def _kind_of(value: Any) -> str:
    if isinstance(value, type):
        return "class"
    if isinstance(value, types.ModuleType):
        return "module"
    if isinstance(value, types.GeneratorType):
        return "generator"
    if isinstance(value, _FUNCTIONS) or type(value).__module__ == "functools":
        return "function"
    if hasattr(type(value), "__next__") and type(value).__module__ in _ITERATOR_MODULES:
        return "iterator"
    return "instance"


_FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType, types.MethodType, np.ufunc)


def _abilities_of(value: Any) -> list[str]:
    kind = type(value)
    abilities = {
        "call": callable(value),
        "iterate": hasattr(kind, "__iter__") and not isinstance(value, type),
        "next": hasattr(kind, "__next__"),
        "length": hasattr(kind, "__len__") and not isinstance(value, type),
        "item": hasattr(kind, "__getitem__") and not isinstance(value, type),
        "context": hasattr(kind, "__enter__"),
    }
    return [ability for ability, has_it in abilities.items() if has_it]


def _fields_of(value: Any) -> dict[str, Any] | None:
    """Return the fields of an object of a dataclass that a notebook defines, which crosses by value."""
    if type(value).__module__ != "__main__" or not dataclasses.is_dataclass(value) or isinstance(value, type):
        return None
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
