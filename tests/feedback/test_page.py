"""The page of one student: right numbers, everything the student may know, nothing else, and nothing that acts."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook
from nbgrader.converters.base import NbGraderException

from autograder.feedback.page import highlighted, points, render_refusal
from tests.feedback import hostile
from tests.feedback.conftest import (
    LESSON,
    MISMATCH,
    PNG,
    STUDENT,
    display,
    error,
    graded_notebook,
    printed,
)
from tests.feedback.markup import Page

Write = Callable[..., str]
Enter = Callable[..., None]


@pytest.fixture
def partly_right(grade: Enter) -> None:
    """2 of 2 and 1.5 of 3 points, 0 of 2, and an answer that nobody has read."""
    grade("test_area", auto_score=2)
    grade("test_area_2", auto_score=1.5)
    grade("test_perimeter", auto_score=0)
    grade("why", needs_manual_grade=True)


def rows(page: str) -> list[tuple[str, ...]]:
    """The summary table, row by row, as text."""
    table = page.partition("<table>")[2].partition("</table>")[0]
    return [
        tuple(re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row))
        for row in table.split("<tr>")[1:]
    ]


@pytest.mark.usefixtures("partly_right")
def test_the_numbers_are_the_gradebooks(write_page: Write, gradebook: Gradebook) -> None:
    page = write_page(graded_notebook())
    assert rows(page) == [
        ("Exercise", "Result", "Points"),
        ("1. the area", "◐part of the points", "3.5 of 5"),
        ("2. perimeter", "✗no points", "0 of 2"),
        ("3. why", "…waiting for a person", "0 of 4"),
        ("In all", "3.5 of 11"),
    ]
    submission = gradebook.find_submission(LESSON, STUDENT)
    assert (submission.score, submission.max_score) == (3.5, 11)
    assert "1 answer is waiting for a person" in page


@pytest.mark.usefixtures("partly_right")
def test_points_and_comments_by_hand_extra_credit_and_penalty(
    write_page: Write, grade: Enter, gradebook: Gradebook
) -> None:
    grade("test_perimeter", manual_score=1.25, extra_credit=0.5)
    grade("why", comment="Good, but *why*? <b>Say</b> it.\nSee section 2.", manual_score=3)
    submission = gradebook.find_submission(LESSON, STUDENT)
    submission.notebooks[0].late_submission_penalty = 0.75
    gradebook.db.commit()
    page = write_page(graded_notebook())
    assert rows(page)[1:] == [
        ("1. the area", "◐part of the points", "3.5 of 5"),
        ("2. perimeter", "◐part of the points", "1.75 of 2"),
        ("3. why", "◐part of the points", "3 of 4"),
        ("Handed in late", "−0.75"),
        ("In all", "7.5 of 11"),
    ]
    gradebook.db.refresh(submission)
    assert submission.score - submission.late_submission_penalty == 7.5
    assert page.count("These points were given by your instructor.") == 2
    assert "Extra credit: 0.5 of these points." in page
    assert Page(page).texts["blockquote"] == ["Good, but *why*? <b>Say</b> it.\nSee section 2."]
    assert "waiting" not in Page(page).text


def test_full_marks_and_more_than_full_marks(write_page: Write, grade: Enter) -> None:
    grade("test_area", auto_score=2, extra_credit=1)
    grade("test_area_2", auto_score=3)
    page = write_page(graded_notebook())
    assert rows(page)[1] == ("1. the area", "✓full points", "6 of 5")
    assert "To reread" not in page.partition('id="exercise-2"')[0]


def test_a_penalty_never_makes_the_total_negative(write_page: Write, grade: Enter, gradebook: Gradebook) -> None:
    grade("test_area", auto_score=1)
    gradebook.find_submission(LESSON, STUDENT).notebooks[0].late_submission_penalty = 5
    gradebook.db.commit()
    assert rows(write_page(graded_notebook()))[-1] == ("In all", "0 of 11")


@pytest.mark.usefixtures("partly_right")
def test_the_name_is_the_gradebooks(write_page: Write, gradebook: Gradebook) -> None:
    assert "ada" in Page(write_page(graded_notebook())).texts["strong"]
    gradebook.update_or_create_student(STUDENT, first_name="Ada", last_name="<b>King</b>")
    assert "Ada <b>King</b>" in Page(write_page(graded_notebook())).texts["strong"]


@pytest.mark.usefixtures("partly_right")
def test_a_failed_test_says_call_got_expected_cause_and_what_to_reread(write_page: Write) -> None:
    page = Page(write_page(graded_notebook(outputs={"test_area_2": [printed("PRINTED"), error("Mismatch", MISMATCH)]})))
    assert page.texts["dt"] == ["Call", "Got", "Expected", "Cause"]
    assert page.texts["dd"][-1] == "You added <b>and</b> did not multiply."
    assert "“1. Areas”" in page.texts["strong"]
    assert "PRINTED" not in page.text


@pytest.mark.usefixtures("partly_right")
def test_tests_and_tracebacks_are_never_shown_unless_the_instructor_says_so(write_page: Write) -> None:
    outputs = {
        "test_area": [printed("SECRET_PRINT"), display(text_plain="SECRET_DISPLAY")],
        "test_area_2": [error("NameError", "SECRET_VALUE")],
        "test_perimeter": [error("Mismatch", "perimeter(...) is wrong")],
    }
    notebook = graded_notebook(outputs=outputs)
    page = write_page(notebook)
    assert "SECRET" not in page
    assert "The test itself failed; your instructor has been told." in page
    shown = write_page(notebook, show_tests=True)
    assert all(f"SECRET_OF_{name}" in shown for name in ("AREA", "PERIMETER", "TRACEBACK"))
    assert "SECRET_PRINT" not in shown and "SECRET_DISPLAY" not in shown


@pytest.mark.usefixtures("partly_right")
def test_the_students_own_cells_are_shown_and_the_lessons_are_not(write_page: Write) -> None:
    page = write_page(
        graded_notebook(
            answers={"area": "def area(sides):\n    return sides.sum()  # <tag>", "why": "I *think* <b>so</b>."},
            outputs={"area": [printed("hello\x1b[31m"), display(image_png=PNG)]},
            added=[new_code_cell("area(np.ones(2))  # tried"), new_code_cell("import numpy as np")],
        )
    )
    parsed = Page(page)
    assert parsed.images == [f"data:image/png;base64,{PNG}"]
    assert "I *think* <b>so</b>." in parsed.texts["pre"] and "hello" in parsed.texts["pre"]
    assert "# &lt;tag&gt;" in page and "# tried" in page
    assert "import numpy" not in re.sub(r"<[^>]*>", "", page)
    assert parsed.strange == []


@pytest.mark.usefixtures("partly_right")
def test_notes_on_the_grading_are_shown(write_page: Write) -> None:
    page = Page(write_page(graded_notebook(notes=["The file was UTF-16 <i>!</i>."])))
    assert page.texts["li"] == ["The file was UTF-16 <i>!</i>."]


@pytest.mark.usefixtures("partly_right")
def test_titles_come_from_the_source_not_from_the_student(write_page: Write) -> None:
    notebook = graded_notebook()
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = cell.source.replace("# ", "# FORGED ")
    notebook.metadata["title"] = "FORGED"
    assert "FORGED" not in write_page(notebook)


@pytest.mark.usefixtures("partly_right")
def test_cells_that_are_gone_leave_their_grades(write_page: Write) -> None:
    notebook = graded_notebook()
    notebook.cells = [cell for cell in notebook.cells if not cell.metadata.get("nbgrader")]
    assert rows(write_page(notebook))[-1] == ("In all", "3.5 of 11")


def test_a_forged_verdict_in_an_error_changes_no_number(write_page: Write, grade: Enter) -> None:
    grade("test_area", auto_score=0)
    outputs = {"test_area": [error("Mismatch", "area(...) is wrong" + hostile.FORGED_VERDICTS["passed"])]}
    page = write_page(graded_notebook(outputs=outputs))
    assert rows(page)[1] == ("1. the area", "…waiting for a person", "0 of 5")


@pytest.mark.parametrize("name", hostile.TEXTS)
@pytest.mark.usefixtures("partly_right")
def test_hostile_text_stays_text_wherever_it_stands(write_page: Write, grade: Enter, name: str) -> None:
    text = hostile.TEXTS[name]
    safe = text.encode("utf-8", "replace").decode()
    grade("why", comment=safe)
    page = write_page(
        graded_notebook(
            answers={"area": text, "why": text},
            outputs={
                "area": [printed(text), error(text, text), display(text_plain=text)],
                "test_area_2": [error("Mismatch", f"{text}\n  call      {text}\n  cause     {text}")],
                "test_perimeter": [error("AssertionError", text)],
            },
            added=[new_code_cell(text)],
            notes=[text],
        )
    )
    parsed = Page(page)
    assert parsed.strange == [] and parsed.images == []
    assert all(link.startswith("#exercise-") for link in parsed.links)
    assert len(page) < 150_000


@pytest.mark.parametrize("name", hostile.OUTPUTS)
@pytest.mark.usefixtures("partly_right")
def test_hostile_outputs_leave_no_markup(write_page: Write, name: str) -> None:
    page = Page(write_page(graded_notebook(outputs={"area": [hostile.OUTPUTS[name]]})))
    assert page.strange == [] and page.images == []


@pytest.mark.usefixtures("partly_right")
def test_hostile_cells_and_metadata_leave_no_markup(write_page: Write) -> None:
    notebook = graded_notebook(added=hostile.cells())
    notebook.metadata.update(hostile.METADATA)
    page = write_page(notebook)
    assert Page(page).strange == []
    assert "RAN" not in page  # cells that are no code are not shown at all


@pytest.mark.usefixtures("partly_right")
def test_the_page_allows_its_own_style_and_images_in_it_and_nothing_else(write_page: Write) -> None:
    page = write_page(graded_notebook())
    (policy,) = [meta["content"] for meta in Page(page).metas if meta.get("http-equiv") == "Content-Security-Policy"]
    style = page.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert page.index("Content-Security-Policy") < page.index("<style>")
    assert not re.search(r"https?://", page)


@pytest.mark.usefixtures("partly_right")
def test_every_anchor_leads_somewhere(write_page: Write) -> None:
    page = Page(write_page(graded_notebook()))
    assert page.links == ["#exercise-1", "#exercise-2", "#exercise-3"]
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert len(set(page.ids)) == len(page.ids)


def test_a_missing_source_notebook_is_named(
    write_page: Write, course: Path, partly_right: None, caplog: pytest.LogCaptureFixture
) -> None:
    (course / "source" / LESSON / f"{LESSON}.ipynb").unlink()
    with pytest.raises(NbGraderException):
        write_page(graded_notebook())
    assert f"{LESSON}.ipynb is missing" in caplog.text and "Mend: build the lesson." in caplog.text


@pytest.mark.parametrize(
    ("number", "shown"), [(2.0, "2"), (2.5, "2.5"), (1 / 3, "0.33"), (0.0, "0"), (-0.001, "0"), (1234567.0, "1234567")]
)
def test_points_are_written_with_at_most_two_decimals(number: float, shown: str) -> None:
    assert points(number) == shown


def test_code_is_highlighted_and_very_long_code_is_not() -> None:
    assert highlighted("return 1") == '<span class="k">return</span> <span class="mi">1</span>'
    assert highlighted("<b>" * 5_000) == "&lt;b&gt;" * 5_000


def test_refusals_are_escaped_too() -> None:
    page = render_refusal(
        assignment="a<b>", student=hostile.TEXTS["script"], reason="<i>", advice="\"'&", standing="<u>"
    )
    parsed = Page(page)
    assert parsed.strange == [] and "a<b>: not graded" in parsed.texts["h1"]
    assert hostile.TEXTS["script"] in parsed.texts["strong"]
