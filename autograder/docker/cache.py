"""Which steps of a build run again: the layer cache, simulated.

A step is taken from the cache if a step with the same text stood on the same steps before, and, where it reads files
of the context, if these have the same contents. What a command would do now does not count: ``RUN apt-get update`` is
reused for as long as its text and everything above it stay.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from autograder.docker.context import visible
from autograder.docker.dockerfile import Instruction
from autograder.docker.walk import Project, needed


@dataclass(frozen=True)
class CachedStep:
    """One step of the second of two builds.

    Attributes:
        stage: index of its stage.
        instruction: the instruction.
        is_cached: whether the first build left it in the cache.
    """

    stage: int
    instruction: Instruction
    is_cached: bool


def rebuild(before: Project, after: Project, target: str = "") -> list[CachedStep]:
    """Return every step of building ``after``, on a machine that has built ``before`` and nothing else.

    Stages that the target does not need are left out, as BuildKit leaves them out. A step that copies from another
    stage runs again when anything in that stage did; BuildKit would still reuse it if the copied files were the same.

    Args:
        before: what was built.
        after: what is built now.
        target: the stage to build; "" for the last one.
    """
    known = {key for _stage, _instruction, key in _keys(before, target)}
    return [CachedStep(stage, instruction, key in known) for stage, instruction, key in _keys(after, target)]


def _keys(project: Project, target: str) -> list[tuple[int, Instruction, str]]:
    """Return stage, instruction and key of each step; a key stands for the step and all that it stands on."""
    built = project.walk(target)
    context = visible(project.files)
    keys: list[tuple[int, Instruction, str]] = []
    ends: dict[int, str] = {}
    for index in needed(built):
        key = ""
        for step in built[index].steps:
            parts = [key, step.text]
            parts += [f"{path}={hashlib.sha256(context[path]).hexdigest()}" for path in sorted(step.reads)]
            parts += [ends[stage] for stage in sorted(step.stages)]
            key = hashlib.sha256("\0".join(parts).encode()).hexdigest()
            keys.append((index, step.instruction, key))
        ends[index] = key
    return keys
