"""Put values, differences and errors into words."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.expect.place import place_in_cell
from autograder.expect.values import as_plain, is_torch

_LONGEST_REPR = 300
_MOST_VALUES_SHOWN = 24
_MOST_BYTES_SHOWN = 12
_SMALLEST_ORDINARY = 1e-3


def show(value: Any, *, name_dtype: bool = True) -> str:
    """Describe a value in one line: small ones in full, large arrays by what they hold."""
    plain = as_plain(value)
    if isinstance(plain, np.ndarray):
        return _show_array(plain, "tensor" if is_torch(value) else "array", str(value.dtype) if name_dtype else "")
    if isinstance(plain, (list, tuple)) and any(isinstance(v, np.ndarray) for v in plain):
        inside = ", ".join(show(v, name_dtype=name_dtype) for v in value)
        return f"[{inside}]" if isinstance(plain, list) else f"({inside})"
    if isinstance(plain, bytes) and len(plain) > _MOST_BYTES_SHOWN:
        return f"{plain[:_MOST_BYTES_SHOWN]!r}... ({len(plain)} bytes)"
    try:
        text = repr(plain)
    except Exception as error:  # written by the learner, or an int of too many digits
        return f"a {type(plain).__name__} that cannot be shown ({type(error).__name__})"
    return text if len(text) <= _LONGEST_REPR else f"{text[:_LONGEST_REPR]}... ({len(text)} characters)"


def _show_array(values: np.ndarray, kind: str, dtype: str) -> str:
    suffix = f", {dtype}" if dtype else ""
    if values.size == 0:
        return f"empty {kind} of shape {values.shape}{suffix}"
    if values.size <= _MOST_VALUES_SHOWN:
        # Rounding noise is hidden beside ordinary numbers, but tiny numbers on their own are shown.
        tiny = values.dtype.kind == "f" and 0 < np.abs(np.nan_to_num(values)).max() < _SMALLEST_ORDINARY
        with np.printoptions(precision=6, suppress=not tiny):
            return f"{kind}({' '.join(np.array2string(values, separator=', ').split())}{suffix})"
    text = f"{kind} of shape {values.shape}{suffix}"
    if values.dtype.kind in "iuf":
        text += f", from {values.min():.6g} to {values.max():.6g}"
    if values.dtype.kind in "biuf":
        text += f", mean {values.mean():.6g}"
    return text


def gap(got: Any, expected: Any) -> str:
    """Say by how much two numbers or arrays differ that look the same when they are printed."""
    try:
        gap = np.abs(np.asarray(as_plain(got), np.float64) - np.asarray(as_plain(expected), np.float64))
        return f" (the largest difference is {gap.max():.2g})"
    except (TypeError, ValueError):  # not numbers, or not of one shape
        return ""


def difference(got: Any, expected: Any) -> str:
    """Say where two arrays of one shape part."""
    a, b = as_plain(got), as_plain(expected)
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


def show_error(error: Exception) -> str:
    """Describe an exception of the learner's code: its class, its text and where it came up."""
    text = str(error).replace("\n", "\n            ")
    return f"{type(error).__name__}: {text}{where_raised(error)}"


def where_raised(error: Exception) -> str:
    """Name the innermost line of the learner's own cells that led to ``error``.

    An exception from another process carries its place as ``learner_place``.
    """
    place = error.learner_place if hasattr(error, "learner_place") else place_in_cell(error)
    return f"\n            {place}" if place else ""
