"""One call and what must hold for what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.expect.describe import difference, gap, show, show_error
from autograder.expect.mismatch import Mismatch, NotSolved
from autograder.expect.values import close, copied, is_torch, same, stayed_behind

__all__ = ["Expectation", "Mismatch", "expect"]

Mistakes = Mapping[str, Any]


class Expectation:
    """The outcome of one call: a value, or the exception that it raised.

    Made by :func:`expect`. Every method returns ``self``, so that conditions chain, and raises
    :class:`Mismatch` when its condition does not hold.
    """

    made = 0

    def __init__(self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]):
        Expectation.made += 1
        self._name = getattr(function, "__name__", type(function).__name__)
        self._args = args
        self._kwargs = kwargs
        self._passed_args = copied(args)
        self._passed_kwargs = copied(kwargs)
        self._error: Exception | None = None
        self._value: Any = None
        try:
            self._value = function(*self._passed_args, **self._passed_kwargs)
        except Mismatch:  # there is nothing to be judged
            raise
        except Exception as error:  # whatever the learner's code raises is a result to be judged
            self._error = error

    @property
    def value(self) -> Any:
        """What the call returned; raises :class:`Mismatch` if it raised instead."""
        return self._returned("")

    def _returned(self, cause: str) -> Any:
        if self._error is None:
            return self._value
        if isinstance(self._error, NotImplementedError):
            raise NotSolved(f"{self._name} is not solved yet: write its body, then run this cell again.")
        raise self._mismatch("raised an error", show_error(self._error), cause=cause)

    def returns(self, expected: Any, *, cause: str = "", mistakes: Mistakes | None = None) -> Expectation:
        """Require exactly ``expected``.

        Arrays and tensors must have the same shape and values; NumPy scalars equal the Python
        numbers that they hold; tuples and lists are different things.

        Args:
            expected: the value that a right answer returns.
            cause: what to say when no entry of ``mistakes`` fits.
            mistakes: message -> the value that this misconception returns.
        """
        return self._compare(expected, cause, mistakes, lambda a, b: same(a, b))

    def close_to(
        self,
        expected: Any,
        *,
        rtol: float = 0.0,
        atol: float = 0.0,
        cause: str = "",
        mistakes: Mistakes | None = None,
    ) -> Expectation:
        """Require the shape of ``expected`` and values with ``|got - expected| <= atol + rtol * |expected|``.

        NaN equals NaN and infinities equal themselves. Arguments as in :meth:`returns`.
        """
        return self._compare(expected, cause, mistakes, lambda a, b: close(a, b, rtol, atol))

    def has_shape(self, shape: Sequence[int], *, cause: str = "") -> Expectation:
        """Require an array or tensor of exactly this shape."""
        got = _shape(self._plain(cause))
        if got != tuple(shape):
            raise self._mismatch("has the wrong shape", f"shape {got}", f"shape {tuple(shape)}", cause)
        return self

    def has_dtype(self, dtype: Any, *, cause: str = "") -> Expectation:
        """Require an array, tensor or NumPy scalar of exactly this dtype."""
        value = self._plain(cause)
        got = value.dtype if isinstance(value, (np.ndarray, np.generic)) or is_torch(value) else None
        wanted = dtype if is_torch(dtype) else np.dtype(dtype)
        if got is None or is_torch(got) != is_torch(wanted) or got != wanted:
            shown = f"dtype {got}" if got is not None else f"a {type(self._value).__name__}, which has no dtype"
            raise self._mismatch("has the wrong dtype", shown, f"dtype {wanted}", cause)
        return self

    def is_a(self, kind: type | tuple[type, ...], *, cause: str = "") -> Expectation:
        """Require an instance of ``kind``."""
        value = self._present(cause)
        if not isinstance(value, kind):
            names = " or ".join(k.__name__ for k in (kind if isinstance(kind, tuple) else (kind,)))
            raise self._mismatch("returned the wrong type", f"{type(value).__name__}: {show(value)}", names, cause)
        return self

    def satisfies(self, holds: Callable[[Any], bool], wanted: str, *, cause: str = "") -> Expectation:
        """Require ``holds(value)``; ``wanted`` says in words what that means."""
        value = self._present(cause)
        behind = stayed_behind(value)
        if behind is not None and not behind._only_gives_items():
            raise self._not_plain(cause)
        if not holds(value):
            raise self._mismatch("does not hold what it should", show(value), wanted, cause)
        return self

    def raises(self, kind: type[Exception], *, mentioning: Sequence[str] = (), cause: str = "") -> Expectation:
        """Require an exception of ``kind`` whose text contains every string of ``mentioning``."""
        if isinstance(self._error, NotImplementedError) and kind is not NotImplementedError:
            _ = self.value  # says that the exercise is not solved yet
        if self._error is None:
            raise self._mismatch("should have raised an error", show(self._value), kind.__name__, cause)
        if not isinstance(self._error, kind):
            raise self._mismatch("raised another error", show_error(self._error), kind.__name__, cause)
        missing = [word for word in mentioning if word not in str(self._error)]
        if missing:
            wanted = f"a message that contains {' and '.join(repr(word) for word in missing)}"
            raise self._mismatch("raised an unclear error", f"{kind.__name__}: {self._error}", wanted, cause)
        return self

    def leaves_arguments_alone(self, *, cause: str = "") -> Expectation:
        """Require that the call did not change what was passed to it."""
        names = [f"argument {i + 1}" for i in range(len(self._args))] + list(self._kwargs)
        before = [*self._args, *self._kwargs.values()]
        after = [*self._passed_args, *self._passed_kwargs.values()]
        for name, old, new in zip(names, before, after, strict=True):
            if not same(new, old):
                cause = cause or "You wrote into the array that the caller still uses: work on a copy."
                raise self._mismatch(f"changed {name}", show(new), f"{show(old)}, as it was passed", cause)
        return self

    def _ipython_display_(self) -> None:
        """Show nothing when a test cell ends with an expectation: the cell's verdict follows anyway."""

    def _present(self, cause: str) -> Any:
        if self._returned(cause) is None:
            raise self._mismatch("returned nothing", "None", "a value", "A function without a `return` gives None.")
        return self._value

    def _plain(self, cause: str) -> Any:
        """Return the value, if it came by value: anything else would have to judge itself."""
        value = self._present(cause)
        if stayed_behind(value) is not None:
            raise self._not_plain(cause)
        return value

    def _not_plain(self, cause: str) -> Mismatch:
        wanted = "plain data: a number, a text, an array or tensor, or a list, tuple, set or dict of such"
        return self._mismatch("returned what cannot be compared", show(self._value), wanted, cause)

    def _compare(
        self, expected: Any, cause: str, mistakes: Mistakes | None, equal: Callable[[Any, Any], bool]
    ) -> Expectation:
        got = self._returned(cause) if expected is None else self._plain(cause)
        if equal(got, expected):
            return self
        for message, wrong in (mistakes or {}).items():
            if equal(got, wrong):
                cause = message
                break
        # The dtype of the expected values is an accident of the test unless has_dtype demands one.
        shown = show(expected, name_dtype=False)
        if shown == show(got, name_dtype=False):
            shown += gap(got, expected)
        raise self._mismatch("is wrong", show(got), shown + difference(got, expected), cause)

    def _mismatch(self, problem: str, got: str, expected: str = "", cause: str = "") -> Mismatch:
        call = [show(a) for a in self._args] + [f"{k}={show(v)}" for k, v in self._kwargs.items()]
        one_line = f"{self._name}({', '.join(call)})"
        if len(one_line) > 88:
            one_line = f"{self._name}(\n" + "".join(f"                {a},\n" for a in call) + "            )"
        lines = [f"{self._name}(...) {problem}", f"  call      {one_line}", f"  got       {got}"]
        if expected:
            lines.append(f"  expected  {expected}")
        if cause:
            lines.append(f"  cause     {cause}")
        return Mismatch("\n".join(lines))


def expect(function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Expectation:
    """Call ``function`` on copies of the arguments and return what came of it, to be judged."""
    return Expectation(function, args, kwargs)


def _shape(value: Any) -> tuple[int, ...] | None:
    if not isinstance(value, (np.ndarray, np.generic)) and not is_torch(value):
        return None
    return tuple(int(n) for n in value.shape)
