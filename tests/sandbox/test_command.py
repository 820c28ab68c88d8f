"""What bubblewrap mounts, and in which order."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from autograder.sandbox import Limits
from autograder.sandbox.command import HOME, bwrap_command
from autograder.sandbox.privileges import is_real_root
from tests.sandbox.cells import needs_sandbox


@needs_sandbox
def test_an_environment_below_a_writable_folder_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        Path(folder, "bin").mkdir()
        monkeypatch.setattr(sys, "prefix", folder)
        info = os.open(os.devnull, os.O_WRONLY)
        command = bwrap_command(Limits(), info=info, private_users=not is_real_root())[:-1]
        listing = ["/bin/sh", "-c", f"ls {folder}; ls -A {HOME}; touch {folder}/x"]
        seen = subprocess.run([*command, *listing], pass_fds=(info,), capture_output=True, text=True, timeout=20)
        os.close(info)
    assert seen.stdout == "bin\n", seen.stderr
    assert "Read-only file system" in seen.stderr
