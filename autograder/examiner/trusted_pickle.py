"""What the examiner sends beyond plain data: objects of libraries, and of classes that the lesson defines.

Pickle goes in this direction only, from whom both sides trust. Nothing here reads what a student sends.
"""

from __future__ import annotations

import io
import pickle
import sys
import types
from collections.abc import Callable, Mapping
from typing import Any

Persistent = tuple[str, Any]
"""A tag and a plain content, as in :mod:`autograder.examiner.wire`."""

_LIBRARIES = frozenset({*sys.stdlib_module_names, "numpy", "cv2", "torch", "matplotlib", "PIL", "transformers"})

_NEVER_REPLACED = frozenset({str, bytes, int, float, dict, list, tuple, types.ModuleType})


def is_of_library(value: Any) -> bool:
    """Return whether a function or class is found, by its name, in a module that the student's kernel has too."""
    module_name, path = getattr(value, "__module__", None), getattr(value, "__qualname__", None)
    if module_name is None and isinstance(value, types.BuiltinFunctionType):
        module_name = "cv2"  # its functions name no module
    if type(module_name) is not str or type(path) is not str or module_name.split(".")[0] not in _LIBRARIES:
        return False
    module = sys.modules.get(module_name)
    # The functions of torch have the path of a class that is not found in it.
    return _found(module, path) is value or _found(module, value.__name__) is value


def _found(module: Any, path: str) -> Any:
    for part in path.split("."):
        module = getattr(module, part, None)
    return module


def dump(value: Any, persistent: Callable[[Any], Persistent | None]) -> bytes:
    """Pickle ``value``; ``persistent`` says what is sent instead of an object, or ``None``.

    Raises:
        Exception: what :mod:`pickle` raises for what it cannot send.
    """
    memory = io.BytesIO()
    _Pickler(memory, persistent).dump(value)
    return memory.getvalue()


def load(data: bytes, openers: Mapping[str, Callable[[Any], Any]]) -> Any:
    """Return what :func:`dump` was given; ``openers`` has for each tag what makes an object of its content."""
    return _Unpickler(io.BytesIO(data), openers).load()


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, persistent: Callable[[Any], Persistent | None]):
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._persistent = persistent

    def persistent_id(self, obj: Any) -> Persistent | None:
        return None if type(obj) in _NEVER_REPLACED else self._persistent(obj)


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, openers: Mapping[str, Callable[[Any], Any]]):
        super().__init__(file)
        self._openers = openers

    def persistent_load(self, pid: Persistent) -> Any:
        tag, content = pid
        return self._openers[tag](content)
