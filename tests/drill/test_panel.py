"""The widget without a browser: its handlers are called, its widgets looked at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from IPython.core.error import UsageError

from autograder.curriculum import Curriculum
from autograder.drill import reviews, widget
from autograder.drill.opening import Wish, open_session
from autograder.drill.panel import DrillPanel
from autograder.drill.questions import Kind
from autograder.drill.schedule import Rating
from autograder.drill.session import Step
from autograder.repository import Repository
from tests.conftest import LESSON
from tests.drill.conftest import FakeClock

MakePanel = Callable[..., DrillPanel]
NOTEBOOK = f"../{LESSON}/{LESSON}.ipynb"


def address(lesson: str, section: str) -> str:
    return f"../{lesson}/{lesson}.ipynb" + (f"#{section.replace(' ', '-')}" if section else "")


@pytest.fixture
def make_panel(checkout: Repository, plan: Curriculum, clock: FakeClock) -> MakePanel:
    def make(wish: Wish | None = None) -> DrillPanel:
        opening = open_session(checkout, plan, wish or Wish(), clock)
        return DrillPanel(opening.session, opening.intro, opening.warning, reviews.record, address, plan)

    return make


def shown(panel: DrillPanel) -> str:
    """All text on the page, in order, without what is hidden."""
    texts: list[str] = []

    def visit(part: Any) -> None:
        if part.layout.display == "none":
            return
        for name in ("value", "description"):
            text = getattr(part, name, "")
            texts.extend([text] if isinstance(text, str) and not text.startswith("<style>") else [])
        texts.extend(output["data"]["text/markdown"] for output in getattr(part, "outputs", ()))
        for child in getattr(part, "children", ()):
            visit(child)

    visit(panel.box)
    return "\n".join(filter(None, texts))


def press(panel: DrillPanel, label: str) -> None:
    """Click the visible button with this label."""
    (button,) = [b for b in panel.box.children[-1].children if b.layout.display != "none" and label in b.description]
    button.click()


def tick(panel: DrillPanel, *positions: int) -> None:
    for position in positions:
        panel._points[position].value = True


def test_from_begin_to_the_summary(make_panel: MakePanel, clock: FakeClock) -> None:
    panel = make_panel()
    assert "10 new" in shown(panel)
    assert "Ask 0" not in shown(panel)
    press(panel, "Begin")
    assert "Question 1 of 10 · Vectors · what" in shown(panel)
    assert "Ask 0" in shown(panel) and "Answer 0" not in shown(panel)
    panel._own.value = "my answer"
    press(panel, "Show answer")
    text = shown(panel)
    assert "Answer 0" in text and "my answer" in text
    assert "Point 0 adds a * b." in text
    assert [label in text for label in ("Again · 10 min", "Hard · 15 min", "Good · 2 days", "Easy · 8 days")] == [
        True
    ] * 4
    press(panel, "Good")
    assert set(reviews.cards()) == {f"{LESSON}/question-0"}
    assert "Question 2 of 10" in shown(panel) and "my answer" not in shown(panel)
    press(panel, "End")
    text = shown(panel)
    assert "0 of 2 key points, 1 question, 0.0 minutes." in text
    assert f"[Vectors]({NOTEBOOK})" in text and f"[The exercise]({NOTEBOOK}#The-exercise)" in text
    assert "Begin" not in text and "Show answer" not in text


def test_ticks_move_the_suggestion_and_are_kept(make_panel: MakePanel) -> None:
    panel = make_panel()
    panel.begin()
    panel.reveal()
    primary = [panel._ratings[Rating.Again].button_style]
    tick(panel, 0)
    primary.append(panel._ratings[Rating.Hard].button_style)
    tick(panel, 1)
    primary.append(panel._ratings[Rating.Good].button_style)
    assert primary == ["primary"] * 3
    assert sum(button.button_style == "primary" for button in panel._ratings.values()) == 1
    press(panel, "Easy")
    review = panel._session.reviews[0]
    assert (review.had, review.rating) == (2, Rating.Easy)
    panel.reveal()
    assert [box.value for box in panel._points] == [False] * 4


def test_only_as_many_boxes_as_points(make_panel: MakePanel) -> None:
    panel = make_panel()
    panel.begin()
    panel.reveal()
    assert [box.layout.display for box in panel._points] == [None, None, "none", "none"]


def test_a_second_click_does_nothing(make_panel: MakePanel) -> None:
    panel = make_panel()
    for _ in range(2):
        panel.begin()
    for _ in range(2):
        panel.reveal()
    for _ in range(2):
        panel.assess(Rating.Good)
    assert len(panel._session.reviews) == 1


def test_a_mock_interview_shows_no_ratings(make_panel: MakePanel) -> None:
    panel = make_panel(Wish(mock=2))
    press(panel, "Begin")
    for _ in range(2):
        press(panel, "Show answer")
        tick(panel, 0)
        assert "How well" not in shown(panel) and "Good" not in shown(panel)
        press(panel, "Next question")
    assert "2 of 4 key points, 2 questions" in shown(panel)
    assert panel._session.step is Step.OVER


def test_the_timer(make_panel: MakePanel, clock: FakeClock) -> None:
    panel = make_panel(Wish(seconds=30))
    assert not panel._timer.playing
    press(panel, "Begin")
    assert panel._timer.playing and "Time" in shown(panel)
    clock.pass_by(seconds=31)
    panel._timer.value = 30  # the browser counts
    assert "Time is up." in panel._status.value and 'role="status"' in panel._status.value
    press(panel, "Show answer")
    assert "You took 31 seconds, 1 more than allowed." in shown(panel)
    assert not panel._timer.playing
    press(panel, "Again")
    assert (panel._timer.value, panel._timer.playing) == (0, True)


def test_the_output_to_predict_waits_for_the_answer(make_panel: MakePanel) -> None:
    panel = make_panel(Wish(kinds=(Kind.PREDICT,)))
    panel.begin()
    assert "```python\nimport numpy" in shown(panel) and "[44]" not in shown(panel)
    panel.reveal()
    assert "It prints:\n\n```text\n[44]" in shown(panel)


def test_progress_that_cannot_be_kept_is_said(make_panel: MakePanel, progress_file: Path) -> None:
    panel = make_panel()
    progress_file.mkdir()
    panel.begin()
    panel.reveal()
    panel.assess(Rating.Good)
    assert "Your answers are not kept." in shown(panel) and "Mend:" in shown(panel)
    assert "Question 2" in shown(panel)


class TestMagic:
    def test_options_are_those_of_the_command(self) -> None:
        wish = widget._wish("a1 b2 --mock 5 --seconds 90 --minutes 20 --kind why --kind what --new 3")
        assert wish == Wish(("a1", "b2"), (Kind.WHAT, Kind.WHY), 5, 90, 20, 3)
        assert widget._wish("") == Wish()

    @pytest.mark.parametrize("line", ["--mock 0", "--mock many", "--kind how", "--unknown"])
    def test_a_line_that_cannot_be_understood(self, line: str) -> None:
        with pytest.raises(UsageError):
            widget.show_drill(line)

    def test_without_a_kernel_it_says_so(self, checkout: Repository, capsys: pytest.CaptureFixture[str]) -> None:
        widget.show_drill("")
        assert capsys.readouterr().out == widget._NO_WIDGETS + "\n"

    def test_an_unknown_lesson(self, checkout: Repository, capsys: pytest.CaptureFixture[str]) -> None:
        widget.show_drill("a9")
        assert "There are no questions on a9. Mend:" in capsys.readouterr().out

    def test_a_copy_that_was_handed_out(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.chdir(tmp_path)
        widget.show_drill("")
        assert "The questions are not here" in capsys.readouterr().out

    def test_links_lead_from_one_notebook_to_another(
        self, checkout: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = checkout.exercises / "b2_other"
        folder.mkdir(parents=True)
        monkeypatch.chdir(folder)
        assert widget._address(checkout, LESSON, "") == NOTEBOOK
        assert widget._address(checkout, LESSON, "1. The `dot`, by hand") == f"{NOTEBOOK}#1.-The-dot%2C-by-hand"
