"""Reading what builders write, and finding one."""

from pathlib import Path

import pytest

from autograder.docker.builder import _read_steps, find_builder

BUILDKIT = """\
#1 [internal] load build definition from Dockerfile
#1 DONE 0.0s
#6 [3/3] COPY app.py ./
#5 [2/3] WORKDIR /app
#5 CACHED
#4 [1/3] COPY busybox /bin/busybox
#4 CACHED
#6 [3/3] COPY app.py ./
#6 DONE 0.1s
"""
CLASSIC = """\
Step 1/3 : COPY busybox /bin/busybox
 ---> Using cache
 ---> 0b173f8cee5e
Step 2/3 : WORKDIR /app
 ---> Using cache
Step 3/3 : COPY app.py ./
 ---> 1fdab9e8ba89
"""
BUILDAH = """\
STEP 1/3: COPY busybox /bin/busybox
--> Using cache f25ef244f515
--> f25ef244f51
STEP 2/3: WORKDIR /app
--> Using cache e8ae66da1927
--> e8ae66da192
STEP 3/3: COPY app.py ./
--> de82f44fd56
"""
OUT_OF_ORDER = """\
[2/2] STEP 1/2: FROM scratch
[2/2] STEP 2/2: COPY --from=0 /a /a
[1/2] STEP 1/2: FROM scratch
[1/2] STEP 2/2: COPY a /a
--> de82f44fd56
--> Using cache f25ef244f515
--> f25ef244f51
"""


@pytest.mark.parametrize("log", [BUILDKIT, CLASSIC, BUILDAH], ids=["buildkit", "classic", "buildah"])
def test_every_log_gives_the_steps_in_order(log):
    assert [(step.text, step.is_cached) for step in _read_steps(log)] == [
        ("COPY busybox /bin/busybox", True),
        ("WORKDIR /app", True),
        ("COPY app.py ./", False),
    ]


def test_a_step_that_waited_for_another_stage():
    assert [(step.text, step.is_cached) for step in _read_steps(OUT_OF_ORDER)] == [
        ("FROM scratch", False),
        ("COPY a /a", False),
        ("FROM scratch", False),
        ("COPY --from=0 /a /a", True),
    ]


def test_no_builder(monkeypatch, tmp_path: Path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_builder(tmp_path) is None


def test_a_builder_that_does_not_work_is_none(monkeypatch, tmp_path: Path):
    for name in ("docker", "podman", "buildah"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 1\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=None)
    assert find_builder(tmp_path) is None
