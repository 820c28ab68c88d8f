"""The libraries that a process loads before it forks, so that no fork has to."""

from __future__ import annotations

import importlib


def load_library(name: str) -> None:
    """Import ``module``, or of ``module:name`` the name as well: transformers, for one, imports its parts when asked.

    Raises:
        Exception: whatever the library raises.
    """
    module, _, part = name.partition(":")
    loaded = importlib.import_module(module)
    if part:
        getattr(loaded, part)
