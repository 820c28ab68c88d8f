"""All gates, and a lesson's way through them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from autograder.gates import drill, files, grades, leaks, questions, text
from autograder.gates.subject import Finding, Subject

Gate = Callable[[Subject], Iterator[Finding]]

# Quick ones first: a stale file explains many a later failure.
GATES: tuple[Gate, ...] = (
    questions.questions_are_exercised,
    text.one_top_heading,
    text.links_resolve,
    text.hints_are_there,
    drill.drill_is_there,
    files.data_has_a_licence,
    files.derived_files_are_fresh,
    leaks.nothing_leaks,
    leaks.outputs_name_no_machine,
    text.images_have_alternatives,
    grades.solution_earns_everything,
    grades.unsolved_earns_nothing,
    grades.exercises_are_independent,
    grades.bank_is_judged_rightly,
    files.run_keeps_its_budget,
    files.run_stays_in_its_folder,
    files.run_has_no_network,
)


@dataclass(frozen=True)
class GateResult:
    """What one gate found in one lesson; no findings means that the gate is green."""

    lesson: str
    gate: str
    summary: str
    findings: tuple[Finding, ...]


def gate_name(gate: Gate) -> str:
    """Return the name that the command line uses: ``nothing-leaks``."""
    return gate.__name__.replace("_", "-")


def ask(gate: Gate, subject: Subject) -> GateResult:
    """Send a lesson through one gate.

    A gate that cannot be asked, because the source has mistakes or a run broke off, is red with
    that reason.
    """
    try:
        findings = tuple(gate(subject))
    except Exception as error:  # the reason belongs into the report, whatever it is
        findings = (Finding(subject.name, f"{type(error).__name__}: {error}", "correct this first."),)
    return GateResult(subject.name, gate_name(gate), (gate.__doc__ or "").strip(), findings)


def examine(subject: Subject, on_gate: Callable[[int, int], None] | None = None) -> list[GateResult]:
    """Send a lesson through every gate.

    Args:
        subject: the lesson.
        on_gate: told (gates passed through, gates in all) after each gate.
    """
    results = []
    for number, gate in enumerate(GATES, start=1):
        results.append(ask(gate, subject))
        if on_gate:
            on_gate(number, len(GATES))
    return results
