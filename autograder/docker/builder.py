"""Build for real, with the builder that this machine has: docker, podman or buildah."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_SECONDS = 120
_SECONDS_TO_ANSWER = 20
_BUILDKIT_STEP = re.compile(r"^#(?P<id>\d+) \[(?:(?P<stage>\S+) +)?(?P<number>\d+)/\d+\] (?P<text>.*)$")
_BUILDKIT_CACHED = re.compile(r"^#(?P<id>\d+) CACHED$")
_PLAIN_STEP = re.compile(r"^(?:\[(?P<stage>\d+)/\d+\] )?(?:STEP|Step) (?P<number>\d+)(?:/\d+)? ?: (?P<text>.*)$")
_PLAIN_RESULT = re.compile(r"^ *-+> (?P<cached>Using cache)?")


@dataclass(frozen=True)
class BuildStep:
    """A step of a build that ran.

    Attributes:
        text: the instruction.
        is_cached: whether the builder took it from its cache.
    """

    text: str
    is_cached: bool


@dataclass(frozen=True)
class BuildResult:
    """What came of a build.

    Attributes:
        succeeded: whether there is an image.
        steps: the steps in order, as far as it got.
        log: everything that the builder wrote.
    """

    succeeded: bool
    steps: tuple[BuildStep, ...]
    log: str


@dataclass(frozen=True)
class Builder:
    """A program that builds images.

    Attributes:
        name: "docker", "podman" or "buildah".
        storage: where podman and buildah keep images and their cache; docker's daemon has its own place.
    """

    name: str
    storage: Path

    def answers(self) -> bool:
        """Return whether it works here: docker needs its daemon, the others a place for their storage."""
        question = ["docker", "info"] if self.name == "docker" else [*self._program(), "images"]
        try:
            return self._run(question, _SECONDS_TO_ANSWER).returncode == 0
        except subprocess.TimeoutExpired:
            return False

    def build(self, context: Path, tag: str, target: str = "") -> BuildResult:
        """Build ``context`` with the Dockerfile in it; layers of earlier builds are reused.

        Raises:
            subprocess.TimeoutExpired: if it takes longer than two minutes.
        """
        command = [*self._program(), *self._build_options(), "--tag", tag]
        command += ["--target", target] if target else []
        done = self._run([*command, str(context)])
        log = done.stdout + done.stderr
        return BuildResult(done.returncode == 0, _read_steps(log), log)

    def save(self, tag: str, folder: Path) -> None:
        """Write an image in OCI layout; buildah and podman only.

        Raises:
            RuntimeError: with what the program wrote, if it fails.
        """
        done = self._run([*self._program(), "push", "--quiet", tag, f"oci:{folder}:{tag}"])
        if done.returncode:
            raise RuntimeError(done.stderr)

    def _program(self) -> list[str]:
        if self.name == "docker":
            return ["docker"]
        places = ["--root", str(self.storage / "root"), "--runroot", str(self.storage / "run")]
        return [self.name, *places, "--storage-driver", "vfs"]

    def _build_options(self) -> list[str]:
        if self.name == "docker":
            return ["build"]
        # chroot needs no daemon, no runtime and no network of its own.
        return ["bud" if self.name == "buildah" else "build", "--layers", "--isolation", "chroot", "--network", "host"]

    def _run(self, command: list[str], seconds: float = _SECONDS) -> subprocess.CompletedProcess[str]:
        environment: Mapping[str, str] = {
            **os.environ,
            "BUILDKIT_PROGRESS": "plain",
            "XDG_RUNTIME_DIR": str(self.storage),
            "TMPDIR": str(self.storage),
        }
        return subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds,
        )


def find_builder(storage: Path) -> Builder | None:
    """Return the first builder that works here: docker with its daemon, podman, buildah; None if there is none.

    Args:
        storage: an empty folder for images and cache.
    """
    installed = (Builder(name, storage) for name in ("docker", "podman", "buildah") if shutil.which(name))
    return next((builder for builder in installed if builder.answers()), None)


def _read_steps(log: str) -> tuple[BuildStep, ...]:
    return _read_buildkit_steps(log) or _read_plain_steps(log)


def _read_buildkit_steps(log: str) -> tuple[BuildStep, ...]:
    """Read BuildKit's log, which reports steps as they end: put them into the order of the Dockerfile."""
    found: dict[str, re.Match[str]] = {}
    cached: set[str] = set()
    for line in log.splitlines():
        if match := _BUILDKIT_STEP.match(line):
            found.setdefault(match["id"], match)
        elif match := _BUILDKIT_CACHED.match(line):
            cached.add(match["id"])
    stages = list(dict.fromkeys(match["stage"] for match in found.values()))
    ordered = sorted(found.values(), key=lambda match: (stages.index(match["stage"]), int(match["number"])))
    return tuple(BuildStep(match["text"].strip(), match["id"] in cached) for match in ordered)


def _read_plain_steps(log: str) -> tuple[BuildStep, ...]:
    """Read the log of buildah, podman, or docker without BuildKit.

    A step that copies from another stage may be reported, then wait for that stage, and come to its result later.
    """
    steps: list[tuple[tuple[int, int], str]] = []
    waiting: list[int] = []  # indexes of the steps that have no result yet
    cached: set[int] = set()
    is_settled = False  # whether the line before has told the result; the next one then names the layer
    for line in log.splitlines():
        if match := _PLAIN_STEP.match(line):
            steps.append(((int(match["stage"] or 0), int(match["number"])), match["text"].strip()))
            if not match["text"].startswith("FROM"):
                waiting.append(len(steps) - 1)
            is_settled = False
        elif (result := _PLAIN_RESULT.match(line)) and waiting and not is_settled:
            index = waiting.pop()
            if result["cached"]:
                cached.add(index)
                is_settled = True
        elif result:
            is_settled = False
    ordered = sorted(range(len(steps)), key=lambda index: steps[index][0])
    return tuple(BuildStep(steps[index][1], index in cached) for index in ordered)
