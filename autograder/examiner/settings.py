"""How long, how much and how: the settings of an examination."""

from __future__ import annotations

from dataclasses import dataclass, field

from autograder.sandbox import Limits


@dataclass(frozen=True)
class ExamSettings:
    """Limits of one examination, and what it draws random inputs from.

    Attributes:
        seconds_per_cell: wall time of one cell; of one test cell, too.
        seconds_per_call: wall time of one call of a student's function.
        seconds_per_notebook: wall time of all cells and tests together.
        text_bytes: printed text and error messages that one cell may keep.
        rich_bytes: figures and other rich output that one cell may keep.
        total_bytes: output that the notebook may keep.
        limits: what the kernel may use.
        run_seed: what the tests' random inputs depend on; the same for a whole class, new for each run.
        warm: fork the kernel from a process with the libraries imported; a cold one imports them itself.
        unsafe: run the student's code without a sandbox.
    """

    seconds_per_cell: float = 60
    seconds_per_call: float = 30
    seconds_per_notebook: float = 900
    text_bytes: int = 100_000
    rich_bytes: int = 4_000_000
    total_bytes: int = 16_000_000
    limits: Limits = field(default_factory=Limits)
    run_seed: int = 0
    warm: bool = True
    unsafe: bool = False
