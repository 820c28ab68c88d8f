"""The types that cross by name."""

from __future__ import annotations

import builtins
import decimal
import fractions
import functools
import pathlib
import sys
import types
from collections.abc import Mapping

import numpy as np


@functools.cache
def _ever_loaded() -> dict[str, type]:
    found = {f"builtins.{name}": kind for name, kind in vars(builtins).items() if isinstance(kind, type)}
    found["builtins.NoneType"] = type(None)
    for scalar in {*np.sctypeDict.values(), np.generic, np.number, np.integer, np.floating, np.inexact}:
        found[f"numpy.{scalar.__name__}"] = scalar
    for kind in (np.ndarray, np.dtype, np.random.Generator, decimal.Decimal, fractions.Fraction):
        found[f"{kind.__module__}.{kind.__name__}"] = kind
    for path in (pathlib.Path, pathlib.PosixPath, pathlib.PurePath, pathlib.PurePosixPath):
        found[f"pathlib.{path.__name__}"] = path
    found["types.FunctionType"] = types.FunctionType
    found["types.GeneratorType"] = types.GeneratorType
    return found


def named_types() -> Mapping[str, type]:
    """Return the types that both sides know, by name; torch's only where it has been imported."""
    torch = sys.modules.get("torch")
    if torch is None:
        return _ever_loaded()
    return {**_ever_loaded(), "torch.Tensor": torch.Tensor, "torch.Parameter": torch.nn.Parameter}


@functools.cache
def _names(_torch_is_loaded: bool) -> dict[type, str]:
    return {kind: name for name, kind in named_types().items()}


def name_of(kind: type) -> str | None:
    """Return the name under which a type crosses, if it does."""
    return _names("torch" in sys.modules).get(kind)
