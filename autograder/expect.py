"""What test cells are written with: one call, what it should do, and why it may not.

A test says which function is called with what, and chains what must hold::

    expect(cosine, a, b).close_to(0.5, atol=1e-12, mistakes={
        "You left out the square root of the norms.": np.dot(a, b) / (a @ a) / (b @ b),
    })

A failure names the call, what came back, what was expected and, where the answer is one that a
known misconception gives, the misconception. ``mistakes`` maps each message to the value that
this misconception would have returned for the very same arguments.
"""

from __future__ import annotations

import copy
import linecache
import math
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.verdict import follow_cells

_LONGEST_REPR = 300
_MOST_VALUES_SHOWN = 24
_MOST_BYTES_SHOWN = 12
_FEWEST_ROUNDS, _MOST_ROUNDS = 3, 8

Mistakes = Mapping[str, Any]


class Mismatch(AssertionError):
    """A test that failed. Its text is written for the learner, so no traceback is drawn."""

    def _render_traceback_(self) -> list[str]:
        """Return the lines that IPython shows instead of a traceback."""
        return str(self).splitlines()


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
        self._passed_args = _copied(args)
        self._passed_kwargs = _copied(kwargs)
        self._error: Exception | None = None
        self._value: Any = None
        try:
            self._value = function(*self._passed_args, **self._passed_kwargs)
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
            raise Mismatch(f"{self._name} is not solved yet: write its body, then run this cell again.")
        got = f"{type(self._error).__name__}: {self._error}{_where(self._error)}"
        raise self._mismatch("raised an error", got, cause=cause)

    def returns(self, expected: Any, *, cause: str = "", mistakes: Mistakes | None = None) -> Expectation:
        """Require exactly ``expected``.

        Arrays and tensors must have the same shape and values; NumPy scalars equal the Python
        numbers that they hold; tuples and lists are different things.

        Args:
            expected: the value that a right answer returns.
            cause: what to say when no entry of ``mistakes`` fits.
            mistakes: message -> the value that this misconception returns.
        """
        return self._compare(expected, cause, mistakes, lambda a, b: _same(a, b))

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
        return self._compare(expected, cause, mistakes, lambda a, b: _close(a, b, rtol, atol))

    def has_shape(self, shape: Sequence[int], *, cause: str = "") -> Expectation:
        """Require an array or tensor of exactly this shape."""
        got = _shape(self._present(cause))
        if got != tuple(shape):
            raise self._mismatch("has the wrong shape", f"shape {got}", f"shape {tuple(shape)}", cause)
        return self

    def has_dtype(self, dtype: Any, *, cause: str = "") -> Expectation:
        """Require an array, tensor or NumPy scalar of exactly this dtype."""
        got = getattr(self._present(cause), "dtype", None)
        wanted = dtype if _is_torch(dtype) else np.dtype(dtype)
        if got is None or got != wanted:
            shown = f"dtype {got}" if got is not None else f"a {type(self._value).__name__}, which has no dtype"
            raise self._mismatch("has the wrong dtype", shown, f"dtype {wanted}", cause)
        return self

    def is_a(self, kind: type | tuple[type, ...], *, cause: str = "") -> Expectation:
        """Require an instance of ``kind``."""
        value = self._present(cause)
        if not isinstance(value, kind):
            names = " or ".join(k.__name__ for k in (kind if isinstance(kind, tuple) else (kind,)))
            raise self._mismatch("returned the wrong type", f"{type(value).__name__}: {_show(value)}", names, cause)
        return self

    def satisfies(self, holds: Callable[[Any], bool], wanted: str, *, cause: str = "") -> Expectation:
        """Require ``holds(value)``; ``wanted`` says in words what that means."""
        value = self._present(cause)
        if not holds(value):
            raise self._mismatch("does not hold what it should", _show(value), wanted, cause)
        return self

    def raises(self, kind: type[Exception], *, mentioning: Sequence[str] = (), cause: str = "") -> Expectation:
        """Require an exception of ``kind`` whose text contains every string of ``mentioning``."""
        if isinstance(self._error, NotImplementedError) and kind is not NotImplementedError:
            _ = self.value  # says that the exercise is not solved yet
        if self._error is None:
            raise self._mismatch("should have raised an error", _show(self._value), kind.__name__, cause)
        if not isinstance(self._error, kind):
            got = f"{type(self._error).__name__}: {self._error}{_where(self._error)}"
            raise self._mismatch("raised another error", got, kind.__name__, cause)
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
            if not _same(new, old):
                cause = cause or "You wrote into the array that the caller still uses: work on a copy."
                raise self._mismatch(f"changed {name}", _show(new), f"{_show(old)}, as it was passed", cause)
        return self

    def _ipython_display_(self) -> None:
        """Show nothing when a test cell ends with an expectation: the cell's verdict follows anyway."""

    def _present(self, cause: str) -> Any:
        if self._returned(cause) is None:
            raise self._mismatch("returned nothing", "None", "a value", "A function without a `return` gives None.")
        return self._value

    def _compare(
        self, expected: Any, cause: str, mistakes: Mistakes | None, equal: Callable[[Any, Any], bool]
    ) -> Expectation:
        got = self._returned(cause) if expected is None else self._present(cause)
        if equal(got, expected):
            return self
        for message, wrong in (mistakes or {}).items():
            if equal(got, wrong):
                cause = message
                break
        # The dtype of the expected values is an accident of the test unless has_dtype demands one.
        shown = _show(expected, name_dtype=False)
        if shown == _show(got, name_dtype=False):
            shown += _gap(got, expected)
        raise self._mismatch("is wrong", _show(got), shown + _difference(got, expected), cause)

    def _mismatch(self, problem: str, got: str, expected: str = "", cause: str = "") -> Mismatch:
        call = [_show(a) for a in self._args] + [f"{k}={_show(v)}" for k, v in self._kwargs.items()]
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


def expect_faster(
    function: Callable[..., Any], than: Callable[..., Any], *args: Any, times: float, cause: str = ""
) -> None:
    """Require that ``function(*args)`` is at least ``times`` faster than ``than(*args)``.

    Both are timed in this run, in turn, and the best of several rounds is compared: a slow machine
    slows both, and a short disturbance neither makes nor breaks a verdict.

    Raises:
        Mismatch: with both times, if the ratio is smaller.
    """
    _ = expect(function, *args).value
    mine = theirs = math.inf
    for timed in range(1, _MOST_ROUNDS + 1):
        mine = min(mine, _seconds(function, args))
        theirs = min(theirs, _seconds(than, args))
        if timed >= _FEWEST_ROUNDS and theirs >= times * mine:
            return
    raise Mismatch(
        f"{function.__name__}(...) is too slow\n"
        f"  got       {mine * 1e3:.2f} ms, {theirs / mine:.1f} times as fast as {than.__name__}\n"
        f"  expected  at least {times:g} times as fast ({theirs * 1e3:.2f} ms for {than.__name__})\n"
        f"  cause     {cause or 'There is a loop in Python that one call on the whole array can replace.'}"
    )


def _copied(value: Any) -> Any:
    """Copy deeply and, unlike ``copy.deepcopy``, keep the strides of arrays: views stay views."""
    if isinstance(value, (list, tuple)) and type(value) in (list, tuple):
        return type(value)(_copied(v) for v in value)
    if type(value) is dict:
        return {k: _copied(v) for k, v in value.items()}
    if type(value) is not np.ndarray or value.flags.contiguous or value.dtype.hasobject:
        return copy.deepcopy(value)
    low, high = np.lib.array_utils.byte_bounds(value)
    memory = np.zeros(high - low, np.uint8)
    start = value.__array_interface__["data"][0] - low
    twin = np.ndarray(value.shape, value.dtype, memory, offset=start, strides=value.strides)
    twin[...] = value
    return twin


def _seconds(function: Callable[..., Any], args: tuple[Any, ...]) -> float:
    start = time.perf_counter()
    function(*args)
    return time.perf_counter() - start


def _is_torch(value: Any) -> bool:
    return type(value).__module__.split(".")[0] == "torch"


def _plain(value: Any) -> Any:
    """Turn tensors into arrays and NumPy scalars into Python numbers, inside containers too."""
    if _is_torch(value) and hasattr(value, "detach"):
        tensor = value.detach().cpu()
        return tensor.float().numpy() if str(tensor.dtype) == "torch.bfloat16" else tensor.numpy()
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return tuple(_plain(v) for v in value)
    if isinstance(value, (list, tuple)):
        return type(value)(_plain(v) for v in value)
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return value


def _shape(value: Any) -> tuple[int, ...] | None:
    shape = getattr(value, "shape", None)
    return tuple(int(n) for n in shape) if shape is not None else None


def _same(a: Any, b: Any) -> bool:
    a, b = _plain(a), _plain(b)
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        if not (isinstance(a, np.ndarray) and isinstance(b, np.ndarray)) or a.shape != b.shape:
            return False
        if a.dtype.kind in "fc" and b.dtype.kind in "fc":
            return bool(np.array_equal(a, b, equal_nan=True))
        return bool(np.array_equal(a, b))
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        return type(a) is type(b) and len(a) == len(b) and all(_same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(_same(a[k], b[k]) for k in a)
    if isinstance(a, float) and isinstance(b, float) and math.isnan(a) and math.isnan(b):
        return True
    return bool(a == b)


def _close(a: Any, b: Any, rtol: float, atol: float) -> bool:
    a, b = _plain(a), _plain(b)
    if isinstance(b, (list, tuple)):
        return (
            type(a) is type(b) and len(a) == len(b) and all(_close(x, y, rtol, atol) for x, y in zip(a, b, strict=True))
        )
    try:
        left, right = np.asarray(a), np.asarray(b)
        if left.dtype.kind not in "biufc" or left.shape != right.shape:
            return False
        wide = np.complex128 if "c" in (left.dtype.kind, right.dtype.kind) else np.float64
        return bool(np.allclose(left.astype(wide), right.astype(wide), rtol=rtol, atol=atol, equal_nan=True))
    except (TypeError, ValueError):
        return False


def _show(value: Any, *, name_dtype: bool = True) -> str:
    """Describe a value in one line: small ones in full, large arrays by what they hold."""
    plain = _plain(value)
    if isinstance(plain, np.ndarray):
        return _show_array(plain, "tensor" if _is_torch(value) else "array", str(value.dtype) if name_dtype else "")
    if isinstance(plain, (list, tuple)) and any(isinstance(v, np.ndarray) for v in plain):
        inside = ", ".join(_show(v, name_dtype=name_dtype) for v in value)
        return f"[{inside}]" if isinstance(plain, list) else f"({inside})"
    if isinstance(plain, bytes) and len(plain) > _MOST_BYTES_SHOWN:
        return f"{plain[:_MOST_BYTES_SHOWN]!r}... ({len(plain)} bytes)"
    text = repr(plain)
    return text if len(text) <= _LONGEST_REPR else f"{text[:_LONGEST_REPR]}... ({len(text)} characters)"


def _show_array(values: np.ndarray, kind: str, dtype: str) -> str:
    suffix = f", {dtype}" if dtype else ""
    if values.size == 0:
        return f"empty {kind} of shape {values.shape}{suffix}"
    if values.size <= _MOST_VALUES_SHOWN:
        with np.printoptions(precision=6, suppress=True):
            return f"{kind}({' '.join(np.array2string(values, separator=', ').split())}{suffix})"
    text = f"{kind} of shape {values.shape}{suffix}"
    if values.dtype.kind in "iuf":
        text += f", from {values.min():.6g} to {values.max():.6g}"
    if values.dtype.kind in "biuf":
        text += f", mean {values.mean():.6g}"
    return text


def _gap(got: Any, expected: Any) -> str:
    """Say by how much two numbers or arrays differ that look the same when they are printed."""
    try:
        gap = np.abs(np.asarray(_plain(got), np.float64) - np.asarray(_plain(expected), np.float64))
        return f" (the largest difference is {gap.max():.2g})"
    except (TypeError, ValueError):  # not numbers, or not of one shape
        return ""


def _difference(got: Any, expected: Any) -> str:
    """Say where two arrays of one shape part."""
    a, b = _plain(got), _plain(expected)
    if not (isinstance(a, np.ndarray) and isinstance(b, np.ndarray)) or a.shape != b.shape:
        return ""
    if a.size <= _MOST_VALUES_SHOWN or a.dtype.kind not in "biuf" or b.dtype.kind not in "biuf":
        return ""
    gap = np.abs(a.astype(np.float64) - b.astype(np.float64))
    gap = np.where(np.isnan(gap), np.inf, gap)
    worst = tuple(int(i) for i in np.unravel_index(int(np.argmax(gap)), gap.shape))
    share = float(np.count_nonzero(gap > 1e-12)) / gap.size
    place = ", ".join(str(i) for i in worst)
    values = f"got {a[worst]:.6g}, expected {b[worst]:.6g}"
    return f"\n            {share:.0%} of the values differ; most at [{place}]: {values}"


def _where(error: Exception) -> str:
    """Name the innermost line of the learner's own cells that led to ``error``."""
    place = ""
    trace = error.__traceback__
    while trace is not None:
        filename, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        if "ipykernel_" in filename or filename.startswith("<cell"):
            source = linecache.getline(filename, line).strip()
            place = f"\n            in {trace.tb_frame.f_code.co_name}, line {line}: {source}"
        trace = trace.tb_next
    return place


follow_cells(lambda: Expectation.made)
