"""A gate on interview questions: what a lesson claims, its exercises train."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.gates.subject import Finding, Subject


def questions_are_exercised(subject: Subject) -> Iterator[Finding]:
    """Every question that the curriculum gives the lesson has an exercise, and no exercise has another."""
    claimed = subject.curriculum.lesson(subject.name).questions
    exercised = {exercise.question for exercise in subject.lesson.exercises}
    for question in claimed:
        if question not in exercised:
            yield Finding(
                str(subject.lesson.path),
                f"{question} is claimed by the curriculum and never exercised.",
                f'write an exercise with question="{question}".',
            )
    for exercise in subject.lesson.exercises:
        if exercise.question not in claimed:
            known = exercise.question in subject.curriculum.questions
            yield Finding(
                f"{subject.lesson.path}:{exercise.answer.line}",
                f"{exercise.question} is {'another lesson’s question' if known else 'no question of the curriculum'}.",
                f"use one of {', '.join(claimed)}.",
            )
