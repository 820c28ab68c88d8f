"""Make a forked process look as if it had just been started and had imported its libraries itself."""

from __future__ import annotations

import gc
import multiprocessing.process
import os
import random
import sys
import tempfile
import warnings
from collections.abc import Mapping
from functools import cache
from types import ModuleType


def forget_imports() -> None:
    """Before the fork: undo what the imports have left behind in this process.

    It is done here because it touches every module, and a fork would copy all that it touches.
    """
    for module in list(sys.modules.values()):
        if isinstance(module, ModuleType):
            vars(module).pop("__warningregistry__", None)  # every warning is shown again
    warnings.simplefilter("default", append=True)  # the only public way to make Python forget what it has shown
    warnings.filters.pop()  # type: ignore[attr-defined]
    matplotlib = sys.modules.get("matplotlib")
    for name in ("get_configdir", "get_cachedir") if matplotlib else ():
        # Their decorator remembers the folders that this process has.
        setattr(matplotlib, name, cache(getattr(matplotlib, name).__wrapped__))
    tempfile.tempdir = None


def start_afresh(environment: Mapping[str, str]) -> None:
    """After the fork: take an environment, and random states that no other fork has."""
    os.environ.clear()
    os.environ.update(environment)
    os.umask(0o022)
    sys.argv = [""]
    multiprocessing.process.current_process().authkey = os.urandom(32)
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    if "torch" in sys.modules:
        sys.modules["torch"].default_generator.seed()
    gc.enable()
