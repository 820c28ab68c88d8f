"""Stand-ins: objects of the examiner that stand for what is in the student's kernel."""

from __future__ import annotations

import functools
import itertools
import types
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, NoReturn, Protocol

import numpy as np

from autograder.examiner.arrays import torch_module
from autograder.expect.mismatch import NotPlainData, StayedBehind

_MOST_ITEMS = 20_000
_LONGEST_ORIGIN = 80

KINDS = ("function", "generator", "iterator", "class", "module", "instance")
ABILITIES = ("call", "iterate", "next", "length", "item", "context")

_PYTHON_TYPES = {
    "function": types.FunctionType,
    "generator": types.GeneratorType,
    "class": type,
    "module": types.ModuleType,
}
_OF_CONTAINERS = frozenset({"length", "item"})
_OF_GENERATORS = frozenset({"send", "throw", "close"})
_SPECIAL_BUT_READ = frozenset({"__qualname__", "__wrapped__", "__annotations__", "__defaults__", "__kwdefaults__"})


class Form(NamedTuple):
    """What a stand-in stands for.

    Attributes:
        target: a name in the student's notebook, or the number of an object there.
        kind: one of :data:`KINDS`.
        type_name: the name of its class.
        abilities: some of :data:`ABILITIES`.
        origin: where it came from, such as ``count_up(...)``, for messages.
        is_of_class: whether it is, or came from, an object of a class that the exercise asks for: such an object
            answers for itself, which anything else must not.
    """

    target: str | int
    kind: str
    type_name: str
    abilities: frozenset[str]
    origin: str
    is_of_class: bool

    @property
    def in_words(self) -> str:
        """What it is, with an article: "a generator", "an object of class Counter"."""
        if self.kind == "instance":
            return f"an object of class {self.type_name}"
        return f"an {self.kind}" if self.kind in ("iterator", "instance") else f"a {self.kind}"


class Asker(Protocol):
    """What passes the questions on."""

    def ask(self, form: Form, operation: str, origin: str, *operands: Any, **named: Any) -> Any:
        """Have ``operation`` done in the student's kernel and return the result."""

    def forget(self, target: str | int) -> None:
        """Take down that an object is no longer needed."""


def stand_in(asker: Asker, form: Form) -> StandIn:
    """Return a stand-in that has the abilities of its form, and no others."""
    must_not = _OF_CONTAINERS if form.kind == "instance" and not form.is_of_class else frozenset()
    return _class_for(form.abilities, form.abilities & must_not)(asker, form)


def form_of(value: StandIn) -> Form:
    """Return what a stand-in stands for."""
    return object.__getattribute__(value, "_StandIn__form")


def asker_of(value: StandIn) -> Asker:
    """Return the channel that a stand-in uses."""
    return object.__getattribute__(value, "_StandIn__asker")


class StandIn(StayedBehind):
    """Stands for an object of the student's kernel: offers its attributes and what it is able to do.

    It never lets that object answer whether it is equal, true, larger, or which numbers it holds.
    """

    __slots__ = ("__asker", "__form", "__weakref__")

    def __init__(self, asker: Asker, form: Form):
        self.__asker = asker
        self.__form = form

    def __del__(self) -> None:
        form = self.__form
        if isinstance(form.target, int):
            self.__asker.forget(form.target)

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        return _PYTHON_TYPES.get(self.__form.kind, type(self))

    @property
    def __name__(self) -> str:
        target = self.__form.target
        return target if isinstance(target, str) else self.__read("__name__")

    @property
    def __doc__(self) -> str | None:  # type: ignore[override]
        return self.__read("__doc__")

    def __getattr__(self, name: str) -> Any:
        form = self.__form
        if name.startswith("__") and name.endswith("__") and name not in _SPECIAL_BUT_READ:
            # Libraries look for such names to find out what a value can do.
            raise AttributeError(f"a stand-in has no {name}")
        if form.kind in ("generator", "iterator") and name not in _OF_GENERATORS:
            raise AttributeError(f"{form.in_words} has no attribute {name}")
        if form.kind in ("instance", "function") and not form.is_of_class and name in _answers_of_data():
            _refuse(form)
        return self.__read(name)

    def __read(self, name: str) -> Any:
        form = self.__form
        return self.__asker.ask(form, "attribute", f"{form.origin}.{name}", name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in ("_StandIn__asker", "_StandIn__form"):
            object.__setattr__(self, name, value)
        else:
            self.__asker.ask(self.__form, "set attribute", self.__form.origin, name, value)

    def __repr__(self) -> str:
        form = self.__form
        return f"<{form.target}>" if isinstance(form.target, str) else f"<{form.in_words}>"

    def __instancecheck__(self, instance: Any) -> bool:
        """Ask whether an object that stayed behind, or an exception, is of the class that this stands for."""
        remote = getattr(instance, "learner_error", None) if isinstance(instance, Exception) else instance
        if not issubclass(type(remote), StandIn):
            return False
        return self.__asker.ask(self.__form, "is instance", self.__form.origin, remote) is True

    def _only_gives_items(self) -> bool:
        return self.__form.kind in ("generator", "iterator")

    def __copy__(self) -> StandIn:
        return self

    def __deepcopy__(self, memo: Any) -> StandIn:
        return self

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise TypeError("a stand-in cannot be pickled")


def _answers(value: StandIn, *args: Any, **kwargs: Any) -> Any:
    form = form_of(value)
    return asker_of(value).ask(form, "call", _shorten(f"{form.origin}(...)"), *args, **kwargs)


def _iterates(value: StandIn) -> Iterator[Any]:
    form = form_of(value)
    if "next" in form.abilities:
        return _limited(value)
    iterator = asker_of(value).ask(form, "iterate", form.origin)
    if not issubclass(type(iterator), StandIn) or "next" not in form_of(iterator).abilities:
        raise NotPlainData(f"{form.origin} gave no iterator.")
    return _limited(iterator)


def _limited(iterator: Any) -> Iterator[Any]:
    for given in itertools.count():
        try:
            item = next(iterator)
        except StopIteration:
            return
        if given == _MOST_ITEMS:
            raise NotPlainData(f"{form_of(iterator).origin} gave {_MOST_ITEMS:,} items and did not end.")
        yield item


def _next(value: StandIn) -> Any:
    form = form_of(value)
    item = asker_of(value).ask(form, "next", form.origin)
    if item is END:
        raise StopIteration
    return item


END = object()
"""What asking for the next item gives when there is none."""


def _length(value: StandIn) -> int:
    form = form_of(value)
    length = asker_of(value).ask(form, "length", f"len({form.origin})")
    if type(length) is not int or length < 0:
        raise NotPlainData(f"len({form.origin}) gave no length.")
    return length


def _item(value: StandIn, key: Any) -> Any:
    form = form_of(value)
    return asker_of(value).ask(form, "item", _shorten(f"{form.origin}[...]"), key)


def _enter(value: StandIn) -> Any:
    form = form_of(value)
    return asker_of(value).ask(form, "enter", form.origin)


def _exit(value: StandIn, kind: Any, error: Any, trace: Any) -> bool:
    """Leave the context there; an error of the test is never swallowed by the student's code."""
    form = form_of(value)
    asker_of(value).ask(form, "exit", form.origin)
    return False


_METHODS: dict[str, dict[str, Callable[..., Any]]] = {
    "call": {"__call__": _answers},
    "iterate": {"__iter__": _iterates},
    "next": {"__next__": _next},
    "length": {"__len__": _length},
    "item": {"__getitem__": _item},
    "context": {"__enter__": _enter, "__exit__": _exit},
}


@functools.cache
def _class_for(abilities: frozenset[str], refused: frozenset[str]) -> type[StandIn]:
    methods: dict[str, Any] = {"__slots__": (), "__doc__": StandIn.__dict__["__doc__"]}
    for ability in abilities:
        methods.update(dict.fromkeys(_METHODS[ability], _refusal) if ability in refused else _METHODS[ability])
    return type("StandIn", (StandIn,), methods)


def _refuse(form: Form) -> NoReturn:
    raise NotPlainData(
        f"{form.origin} is {form.in_words}, and the test needs plain data: "
        "a number, a text, an array or tensor, or a list, tuple, set or dict of such."
    )


def _refusal(value: StandIn, *_: Any, **__: Any) -> NoReturn:
    _refuse(form_of(value))


def _refusing(*names: str) -> None:
    for name in names:
        type.__setattr__(StandIn, name, _refusal)


_refusing("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__hash__", "__bool__", "__contains__")
_refusing("__int__", "__float__", "__complex__", "__index__", "__round__", "__trunc__", "__floor__", "__ceil__")
_refusing("__bytes__", "__fspath__", "__neg__", "__pos__", "__abs__", "__invert__")
_refusing("__array__", "__array_ufunc__", "__array_function__", "__torch_function__", "__buffer__")
for _operator in ("add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "divmod", "pow"):
    _refusing(f"__{_operator}__", f"__r{_operator}__", f"__i{_operator}__")
for _operator in ("lshift", "rshift", "and", "xor", "or"):
    _refusing(f"__{_operator}__", f"__r{_operator}__", f"__i{_operator}__")


@functools.cache
def _answers_of_data() -> frozenset[str]:
    """Return the names by which arrays, tensors and numbers tell their values.

    An object that answers to them could take a test for granted, question by question.
    """
    kinds: list[type] = [np.ndarray, np.float64, complex, int]
    torch = torch_module()
    if torch is not None:
        kinds.append(torch.Tensor)
    return frozenset(name for kind in kinds for name in dir(kind) if not name.startswith("_"))


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST_ORIGIN else text[: _LONGEST_ORIGIN - 3] + "..."
