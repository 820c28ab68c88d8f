"""The first page: what the course is, how to install it, and the map of its lessons."""

from __future__ import annotations

from autograder.curriculum import Curriculum, PlannedLesson
from autograder.lesson import Lesson

_WELCOME = """# Computer vision interviews, answered by building

Each lesson takes an interview question and has you build the answer: you read, predict, write code, test it, and see
where it breaks. At the end you write the answer that you would give, and compare it with a model answer.

Here you can read every lesson with its figures. Solutions, tests, hints and answers are folded: think first, then
unfold.

## Work in the notebooks

To solve the exercises, and to have your answers tested and your mistakes explained, install the course. You need
Python 3.11 to 3.13, git and make, on Linux or on macOS 14 with Apple silicon. In your copy of the repository:

```bash
make lab
```

It sets everything up and opens JupyterLab at the start page. After that nothing needs a network. The repository's
README has the other ways: conda, a container, a smaller download without CUDA.

## The lessons

Lessons without a link are planned. Where a lesson builds on others, do those first."""


def index_page(
    curriculum: Curriculum, lessons: dict[str, Lesson], question_counts: dict[str, int], further_pages: list[str]
) -> str:
    """Return the page in MyST Markdown.

    Args:
        curriculum: the whole plan.
        lessons: the lessons that are written, by name.
        question_counts: how many drill questions a lesson has, by name; lessons without any may be missing.
        further_pages: names of the pages that belong to no lesson.
    """
    texts = [_WELCOME]
    for part in curriculum.parts:
        texts.append(f"### {part.id}. {part.title}")
        entries = [_entry(planned, curriculum, lessons, question_counts) for planned in part.lessons]
        texts.append("\n".join(entries))
    for part in curriculum.parts:
        pages = [f"{planned.title} <{_page(planned)}>" for planned in part.lessons if planned.name in lessons]
        if pages:
            texts.append(_toctree(f"{part.id}. {part.title}", pages))
    texts.append(_toctree("About", further_pages))
    return "\n\n".join(texts) + "\n"


def _entry(
    planned: PlannedLesson, curriculum: Curriculum, lessons: dict[str, Lesson], question_counts: dict[str, int]
) -> str:
    lesson = lessons.get(planned.name)
    lines = [f"- {_title(planned, lessons)}" + ("" if lesson else " (planned)"), ""]
    lines += [f"  - {question}: {curriculum.questions[question]}" for question in planned.questions]
    if lesson:
        facts = [f"{lesson.minutes} minutes", f"{len(lesson.exercises)} exercises", f"{lesson.points} points"]
        if count := question_counts.get(planned.name):
            facts.append(f"[{count} questions to drill]({planned.name}/questions.md)")
        lines.append(f"  - {' · '.join(facts)}")
    if planned.requires:
        lines.append("  - After: " + "; ".join(_title(curriculum.lesson(name), lessons) for name in planned.requires))
    return "\n".join(lines)


def _title(planned: PlannedLesson, lessons: dict[str, Lesson]) -> str:
    return f"[{planned.title}]({_page(planned)}.ipynb)" if planned.name in lessons else planned.title


def _page(planned: PlannedLesson) -> str:
    return f"{planned.name}/{planned.name}"


def _toctree(caption: str, pages: list[str]) -> str:
    return "\n".join(["```{toctree}", ":hidden:", f":caption: {caption}", "", *pages, "```"])
