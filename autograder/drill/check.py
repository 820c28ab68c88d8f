"""What must hold of a lesson's drill questions: enough of them, of every kind, and true.

``python -m autograder.drill.check LESSON...`` says it while questions are written.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from autograder.curriculum import Curriculum, load_curriculum
from autograder.drill.prediction import outputs_of
from autograder.drill.questions import FILENAME, Kind, Question, question_line, read_questions
from autograder.lesson import Lesson, Problem, SourceError, read_lesson
from autograder.repository import Repository

FEWEST_QUESTIONS = 12

_HEADING = re.compile(r"^#{1,6} +(.+?)\s*$", re.MULTILINE)
_MATHS = re.compile(r"\$[^$\n]+\$")
_MARKDOWN = MarkdownIt("commonmark").enable("table")
# A terminal and Anki cannot show these, or not in the same way.
_UNWANTED = {
    "heading_open": "a heading",
    "html_block": "raw HTML",
    "html_inline": "raw HTML",
    "image": "an image",
    "code_block": "a code block made by indenting",
}


def question_problems(course: Path, curriculum: Curriculum, lesson: Lesson) -> Iterator[Problem]:
    """Find what is wrong with a lesson's drill questions.

    Args:
        course: the folder that holds the lessons' folders.
        curriculum: says which interview questions the lesson answers.
        lesson: the lesson, whose headings the questions name.

    Raises:
        SourceError: if the file is not well-formed.
    """
    path = course / lesson.name / FILENAME
    questions = read_questions(course, lesson.name)
    if len(questions) < FEWEST_QUESTIONS:
        yield Problem(
            path,
            1,
            f"There are {len(questions)} questions.",
            f"write at least {FEWEST_QUESTIONS} [[question]] entries.",
        )
    for kind in Kind:
        if questions and kind not in {question.kind for question in questions}:
            yield Problem(path, 1, f"No question is of the kind {kind.value!r}.", "write one.")
    claimed = curriculum.lesson(lesson.name).questions
    headings = Counter(_headings(lesson))
    for question in questions:
        line = question_line(course, question)
        name = f"question {question.id!r}:"
        if question.question not in claimed:
            what = f"{name} {question.question} is not one of the lesson's interview questions."
            yield Problem(path, line, what, f"use one of {', '.join(claimed)}.")
        if question.section and headings[question.section] != 1:
            what = f"{name} the lesson has {headings[question.section]} headings {question.section!r}."
            yield Problem(path, line, what, "copy a heading from lesson.py, without its #.")
        for unwanted in sorted(set(_unwanted(question))):
            yield Problem(path, line, f"{name} it holds {unwanted}.", "use plain Markdown, which a terminal can show.")
    yield from _false_outputs(course, questions)


def _headings(lesson: Lesson) -> Iterator[str]:
    for cell in lesson.cells:
        if cell.kind == "markdown":
            for match in _HEADING.finditer(cell.source):
                yield match[1]


def _unwanted(question: Question) -> Iterator[str]:
    for text in (question.ask, question.answer, *question.points):
        for token in _flat(_MARKDOWN.parse(text)):
            if token.type in _UNWANTED:
                yield _UNWANTED[token.type]
            elif token.type == "text" and _MATHS.search(token.content):
                yield "LaTeX"


def _flat(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _flat(token.children or [])


def _false_outputs(course: Path, questions: tuple[Question, ...]) -> Iterator[Problem]:
    predictions = [question for question in questions if question.kind is Kind.PREDICT]
    outputs = outputs_of([question.code for question in predictions])
    for question, output in zip(predictions, outputs, strict=True):
        if output != question.output:
            yield Problem(
                course / question.lesson / FILENAME,
                question_line(course, question),
                f"question {question.id!r}: the code does not print the output given, but {output!r}.",
                "correct the output, or the code.",
            )


def main(lessons: list[str]) -> int:
    """Print what is wrong with the questions of the lessons; return 0 if nothing is, otherwise 1."""
    repository = Repository.find()
    curriculum = load_curriculum(repository.course)
    is_good = True
    for name in lessons:
        try:
            lesson = read_lesson(repository.course, name)
            problems = list(question_problems(repository.course, curriculum, lesson))
        except SourceError as error:
            problems = error.problems
        for problem in problems:
            print(problem)
        is_good = is_good and not problems
        kinds = (
            Counter(question.kind.value for question in read_questions(repository.course, name)) if not problems else {}
        )
        print(f"{name}: {len(problems)} mistakes", *(f"{count} {kind}" for kind, count in kinds.items()), sep=", ")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
