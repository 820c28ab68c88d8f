"""The page that JupyterLab opens first: what there is to learn, and where to begin."""

from __future__ import annotations

import hashlib

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook

from autograder.curriculum import Curriculum, PlannedLesson
from autograder.lesson import Lesson

_WELCOME = """# Computer vision interviews, answered by building

Each lesson takes one interview question and has you build the answer, test it, break it and mend it.
At the end you write the answer that you would give, and compare it with a model answer.

**How to work.** Open a lesson below. Read, predict, run each cell with `Shift+Enter`. In an exercise, replace
`raise NotImplementedError()` by your code, run the cell, then run the folded test below it: it turns green, or says
what came back, what was expected, and the likely cause. These checks are a sample; a grade uses more, and the text of
the exercise settles every one of them. Stuck? Unfold the hints. To check the whole notebook, press **Validate** in its
toolbar. Nothing needs a network."""


def start_page(curriculum: Curriculum, lessons: dict[str, Lesson]) -> NotebookNode:
    """Return the start page.

    Args:
        curriculum: the whole plan.
        lessons: the lessons that are written, by name; only these are listed.
    """
    texts = [_WELCOME]
    for part in curriculum.parts:
        rows = [_row(planned, lessons, curriculum) for planned in part.lessons if planned.name in lessons]
        if rows:
            head = "| Lesson | It answers | Minutes | Exercises | Points | Do before |\n|:--|:--|--:|--:|--:|:--|\n"
            texts.append(f"## {part.id}. {part.title}\n\n{head}" + "\n".join(rows))
    cells = [new_markdown_cell(text) for text in texts]
    for cell in cells:
        cell.id = hashlib.sha256(cell.source.encode()).hexdigest()[:12]
        cell.metadata.update(editable=False, deletable=False)
    notebook = new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    }
    return notebook


def _row(planned: PlannedLesson, lessons: dict[str, Lesson], curriculum: Curriculum) -> str:
    lesson = lessons[planned.name]
    questions = "<br>".join(f"{question}: {curriculum.questions[question]}" for question in planned.questions)
    before = ", ".join(curriculum.lesson(name).title for name in planned.requires if name in lessons) or "–"
    link = f"[{planned.title}]({planned.name}/{planned.name}.ipynb)"
    return f"| {link} | {questions} | {lesson.minutes} | {len(lesson.exercises)} | {lesson.points} | {before} |"
