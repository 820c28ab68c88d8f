"""Copy values and compare them: numbers, containers, arrays and tensors."""

from __future__ import annotations

import copy
import math
from typing import Any

import numpy as np

from autograder.expect.mismatch import StayedBehind

_NUMBERS = (bool, int, float, complex)


def copied(value: Any) -> Any:
    """Copy deeply and, unlike ``copy.deepcopy``, keep the strides of arrays: views stay views."""
    if isinstance(value, (list, tuple)) and type(value) in (list, tuple):
        return type(value)(copied(v) for v in value)
    if type(value) is dict:
        return {k: copied(v) for k, v in value.items()}
    if type(value) is not np.ndarray or value.flags.contiguous or value.dtype.hasobject:
        return copy.deepcopy(value)
    low, high = np.lib.array_utils.byte_bounds(value)
    memory = np.zeros(high - low, np.uint8)
    start = value.__array_interface__["data"][0] - low
    twin = np.ndarray(value.shape, value.dtype, memory, offset=start, strides=value.strides)
    twin[...] = value
    return twin


def is_torch(value: Any) -> bool:
    """Return whether a value is torch's, without importing torch."""
    return type(value).__module__.split(".")[0] == "torch"


def as_plain(value: Any) -> Any:
    """Turn tensors into arrays, NumPy scalars into Python numbers, subclasses into their base; in containers, too.

    A subclass could answer for itself whether it is equal.
    """
    if isinstance(value, type):
        return value
    if is_torch(value) and hasattr(value, "detach"):
        tensor = value.detach().cpu()
        return tensor.float().numpy() if str(tensor.dtype) == "torch.bfloat16" else tensor.numpy()
    if isinstance(value, (np.longdouble, np.clongdouble)):  # their item() is no number of Python's
        return float(value) if isinstance(value, np.longdouble) else complex(value)
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        return value if type(value) is np.ndarray else np.asarray(value)
    if isinstance(value, tuple):
        return tuple(as_plain(v) for v in value)
    if isinstance(value, list):
        return [as_plain(v) for v in value]
    if isinstance(value, dict):
        return {k: as_plain(v) for k, v in value.items()}
    if isinstance(value, int) and type(value) is not bool:
        return int.__int__(value)
    if isinstance(value, float):
        return float.__float__(value)
    return str.__str__(value) if isinstance(value, str) else value


def stayed_behind(value: Any) -> Any:
    """Return what in ``value`` is no plain data and stayed where the learner's code runs, or ``None``."""
    if isinstance(value, StayedBehind):
        return value
    if type(value) is dict:
        value = [*value.keys(), *value.values()]
    elif type(value) is np.ndarray and value.dtype == object:
        value = value.ravel().tolist()
    if type(value) is list or isinstance(value, tuple):
        return next((found for found in map(stayed_behind, value) if found is not None), None)
    return None


def same(a: Any, b: Any) -> bool:
    """Return whether two values are equal: arrays in shape and entries, NaN to NaN, a tuple never to a list."""
    a, b = as_plain(a), as_plain(b)
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        if not (isinstance(a, np.ndarray) and isinstance(b, np.ndarray)) or a.shape != b.shape:
            return False
        if a.dtype.kind in "fc" and b.dtype.kind in "fc":
            return bool(np.array_equal(a, b, equal_nan=True))
        return bool(np.array_equal(a, b))
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        return type(a) is type(b) and len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if type(b) in _NUMBERS:
        return type(a) in _NUMBERS and (a == b or (_is_nan(a) and _is_nan(b)))
    # The expected value is asked: what the learner's code returned may call itself equal to anything.
    kind: Any = type(b)
    return kind.__eq__(b, a) is True


def _is_nan(number: Any) -> bool:
    return type(number) is float and math.isnan(number)


def close(a: Any, b: Any, rtol: float, atol: float) -> bool:
    """Return whether ``|a - b| <= atol + rtol * |b|`` everywhere, in containers too, and the shapes agree."""
    a, b = as_plain(a), as_plain(b)
    if isinstance(b, (list, tuple)):
        return (
            type(a) is type(b) and len(a) == len(b) and all(close(x, y, rtol, atol) for x, y in zip(a, b, strict=True))
        )
    try:
        left, right = np.asarray(a), np.asarray(b)
        if left.dtype.kind not in "biufc" or left.shape != right.shape:
            return False
        wide = np.complex128 if "c" in (left.dtype.kind, right.dtype.kind) else np.float64
        return bool(np.allclose(left.astype(wide), right.astype(wide), rtol=rtol, atol=atol, equal_nan=True))
    except (TypeError, ValueError):
        return False
