"""The site of the real course, built once for all tests and all test processes."""

from __future__ import annotations

import fcntl
from pathlib import Path

from autograder.curriculum import load_curriculum
from autograder.repository import Repository
from autograder.site.build import build_site
from tests.conftest import ROOT


def build_once(base: Path) -> Path:
    """Return the folder that the site was built in.

    Args:
        base: pytest's folder of this run; the processes of one run share its parent.
    """
    folder = base / "site" if base.name.startswith("pytest-") else base.parent / "site"
    with (folder.parent / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            repository = Repository(ROOT)
            build_site(repository, load_curriculum(repository.course), folder)
    return folder
