"""Arguments that the student's code changed in place: how that is found there, and done again here."""

from __future__ import annotations

import types
from typing import Any, NamedTuple

import numpy as np

from autograder.examiner.arrays import torch_module
from autograder.examiner.limits import WireError

KEEP = object()
"""Stands for a part of an argument that cannot be sent back, so that the caller's own stays."""


class State(NamedTuple):
    """What an object of a library or of the lesson holds, as plain data."""

    content: Any


def state_of(value: Any) -> Any:
    """Return what can be seen to change in an object that is no plain data, as plain data where it can be."""
    torch = torch_module()
    if torch is not None and isinstance(value, torch.nn.Module):
        return {"training": value.training, "tensors": dict(value.state_dict())}
    if isinstance(value, np.random.Generator):
        return dict(value.bit_generator.state)
    return dict(vars(value)) if hasattr(value, "__dict__") and not callable(value) else None


def renew(old: Any, new: Any) -> Any:
    """Make ``old``, which was passed to a call, what it is after the call; return it, or ``new`` in its place.

    Args:
        old: the very object of the caller: arrays, tensors, lists, dicts, sets and bytearrays are written into.
        new: what came back for it, of exact plain types.

    Raises:
        WireError: if ``old`` cannot become that.
    """
    if new is KEEP:
        return old
    if isinstance(new, State):
        _renew_state(old, new.content)
        return old
    torch = torch_module()
    if torch is not None and isinstance(old, torch.Tensor) and isinstance(new, torch.Tensor):
        return _renew_tensor(old, new)
    if isinstance(old, np.ndarray) and isinstance(new, np.ndarray):
        return _renew_array(old, new)
    if isinstance(old, list) and type(new) is list:
        old[:] = _renewed(old, new)
        return old
    if isinstance(old, tuple) and isinstance(new, tuple) and len(old) == len(new):
        _renewed(list(old), list(new))
        return old
    if isinstance(old, dict) and type(new) is dict:
        entries = {key: renew(old[key], value) if key in old else value for key, value in new.items()}
        old.clear()
        old.update(entries)
        return old
    if isinstance(old, set) and type(new) is set:
        old.clear()
        old.update(new)
        return old
    if isinstance(old, bytearray) and type(new) is bytearray:
        old[:] = new
        return old
    return new


def _renewed(old: list[Any], new: list[Any]) -> list[Any]:
    return [renew(old[i], value) if i < len(old) else value for i, value in enumerate(new)]


def _renew_array(old: np.ndarray, new: np.ndarray) -> np.ndarray:
    if old.dtype != new.dtype:
        raise WireError("an array of another type in place of the one that was passed")
    if old.shape != new.shape:
        try:
            old.resize(new.shape, refcheck=False)
        except ValueError:  # of another size, and the memory belongs to somebody else
            raise WireError("an array of another shape in place of the one that was passed") from None
    if old.flags.writeable:
        old[...] = new
    return old


def _renew_tensor(old: Any, new: Any) -> Any:
    if old.shape == new.shape and old.dtype == new.dtype:
        old.detach().copy_(new.detach())
    else:
        old.data = new.detach()
    if old.is_leaf and old.requires_grad != new.requires_grad:
        old.requires_grad_(new.requires_grad)
    return old


def _renew_state(old: Any, content: Any) -> None:
    torch = torch_module()
    try:
        if torch is not None and isinstance(old, torch.nn.Module):
            old.train(content["training"])
            tensors = content["tensors"]
            for name, tensor in old.state_dict().items():
                tensor.copy_(tensors[name].detach())
        elif isinstance(old, np.random.Generator):
            old.bit_generator.state = content
        elif type(content) is dict and not callable(old) and not isinstance(old, types.ModuleType):
            attributes = vars(old)
            for name, value in content.items():
                attributes[name] = renew(attributes[name], value) if name in attributes else value
        elif content is not None:
            raise WireError("a state in place of what has none")
    except (KeyError, TypeError, ValueError, RuntimeError, AttributeError) as error:
        raise WireError("an object that is not what was passed") from error
