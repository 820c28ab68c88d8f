"""The map: every lesson with its state, in words, and where to go on."""

from __future__ import annotations

import io
import os
import re
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

import autograder.progress.magic as magic
from autograder.cli import app
from autograder.progress.map import links_from, map_as_html, map_as_text
from autograder.progress.overview import Overview, overview_of
from autograder.progress.plot import plot_of, words_of_plot
from autograder.progress.record import Kind, events
from autograder.repository import Repository
from tests.progress.conftest import MORNING, Did


def overview(course: Repository) -> Overview:
    return overview_of(course, events())


class Reader(HTMLParser):
    """The words, links and images of a page, in order, and whether its tags are closed in order."""

    def __init__(self, page: str):
        super().__init__()
        self.words: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.alternatives: list[str | None] = []
        self.tags: set[str] = set()
        self._open: list[str] = []
        self.feed(page)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.add(tag)
        if tag == "img":
            self.alternatives.append(values.get("alt"))
            return
        self._open.append(tag)
        if tag == "a":
            self.links.append((str(values["href"]), ""))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._open[-1] == "a":
            self.links[-1] = (self.links[-1][0], data)


def read(course: Repository, folder: Path | None = None) -> Reader:
    return Reader(map_as_html(overview(course), links_from(folder or course.exercises, course), None))


class TestText:
    def test_before_anything_is_done(self, course: Repository) -> None:
        lines = map_as_text(overview(course)).splitlines()
        assert lines[:5] == [
            "0 of 8 exercises passed. 0 of 16 points, without the written answers.",
            "",
            "A. Basics <1>",
            "  ○ A1 First & foremost  <- begin here",
            "       not begun, 2 exercises; 0 of 4 points; 90 minutes",
        ]
        assert lines[-4:] == [
            "",
            "Not written yet: 1 lesson.",
            "",
            "Begin here: First & foremost. It needs no other lesson before it.",
        ]

    def test_every_state_is_said(self, course: Repository, did: Did) -> None:
        did("a1_first", "a1_one", "a1_two")
        did("b1_second", "b1_one", complete=False)
        did("b1_second", "b1_two", passed=False)
        text = map_as_text(overview(course))
        assert text.startswith("3 of 8 exercises passed, 1 of them by the visible tests only. 6 of 16 points")
        assert text.endswith(
            "\n\nContinue where you left off: Second, exercise b1_two (7 minutes). "
            "You have begun it, and it is still open."
        )
        assert "● A1 First & foremost\n       done; 4 of 4 points" in text
        assert (
            "◐ B1 Second  <- you are here\n       begun, 1 of 2 exercises; 2 of 4 points; 90 minutes; after A1 (done)"
            in (text)
        )
        assert "○ B2 Third\n       not begun, 2 exercises; 0 of 4 points; 90 minutes; after B1\n" in text

    def test_when_all_is_done(self, course: Repository, did: Did) -> None:
        for lesson in ("a1_first", "b1_second", "b2_third", "b3_free"):
            did(lesson, f"{lesson[:2]}_one", f"{lesson[:2]}_two")
        text = map_as_text(overview(course))
        assert text.startswith("8 of 8")
        assert text.endswith("\n\nEverything that is written so far is done. Keep it until the interview: run %drill.")
        assert "<-" not in text

    def test_the_terminal_shows_it(self, course: Repository, did: Did, monkeypatch: pytest.MonkeyPatch) -> None:
        did("a1_first", "a1_one")
        monkeypatch.chdir(course.root)
        result = CliRunner().invoke(app, ["progress"])
        assert (result.exit_code, result.stdout.rstrip()) == (0, map_as_text(overview(course)))


class TestHtml:
    def test_it_says_what_the_text_says(self, course: Repository, did: Did) -> None:
        did("a1_first", "a1_one", "a1_two")
        did("b1_second", "b1_one", passed=False)
        said = " ".join(read(course).words)
        lessons = map_as_text(overview(course)).partition("\n\nNot written yet")[0]
        for words in re.split(r"[;\n]|  +|<- |[●◐○–] ", lessons):
            assert words.strip().lower() in said.lower()

    def test_links_lead_to_the_notebooks_from_where_the_notebook_is(self, course: Repository, did: Did) -> None:
        did("b1_second", "b1_one", passed=False)
        here = read(course)
        assert here.links[0] == (
            "b1_second/b1_second.ipynb#Exercise:-the-b1_one",
            "Second, exercise b1_one (7 minutes)",
        )
        assert here.links[1:] == [
            (f"{name}/{name}.ipynb", title)
            for name, title in (
                ("a1_first", "A1 First & foremost"),
                ("b1_second", "B1 Second"),
                ("b2_third", "B2 Third"),
                ("b3_free", "B3 Free"),
            )
        ]
        beside = read(course, course.exercises / "b3_free")
        assert beside.links[1][0] == "../a1_first/a1_first.ipynb"

    def test_a_new_lesson_is_entered_at_its_title(self, course: Repository) -> None:
        assert read(course).links[0] == ("a1_first/a1_first.ipynb", "First & foremost")

    def test_jupyterlab_keeps_it_when_it_trusts_nothing(self, course: Repository, did: Did) -> None:
        did("a1_first", "a1_one")
        kept = {"section", "p", "strong", "a", "ul", "li", "div", "span", "img"}  # of those that its sanitiser allows
        page = map_as_html(overview(course), links_from(course.exercises, course), (b"png", "Words & more"))
        assert Reader(page).tags <= kept
        assert Reader(page).alternatives == ["Words & more"]


class TestPlot:
    TODAY = date(2026, 3, 9)

    def test_days_are_added_up_and_a_repeated_pass_counts_once(self, course: Repository, did: Did) -> None:
        did("a1_first", "a1_one", "a1_two")
        did("a1_first", "a1_one", day=1)
        did("b3_free", "b3_one", passed=False, day=1)
        did("b3_free", "b3_one", "gone", day=2)
        did("b3_free", "b3_two", kind=Kind.HINT, day=3)
        first = MORNING.astimezone().date()
        assert overview(course).passed_by_day() == {first: 2, first + timedelta(days=2): 3}

    @pytest.mark.parametrize("days", [1, 2, 40, 800])
    def test_it_is_drawn_for_any_time(self, days: int) -> None:
        first = self.TODAY - timedelta(days=days - 1)
        image = Image.open(io.BytesIO(plot_of({first: 3, self.TODAY: 5}, 8, self.TODAY)))
        pixels = image.convert("RGB")
        colours = {colour for _, colour in pixels.getcolors(1_000_000) or []}
        assert (255, 255, 255) in colours
        assert (0x1F, 0x6F, 0xB4) in colours

    def test_a_bar_is_as_high_as_its_figure(self) -> None:
        def blue_rows(passed: int) -> int:
            image = Image.open(io.BytesIO(plot_of({self.TODAY: passed}, 5, self.TODAY))).convert("RGB")
            middle = [image.getpixel((x, y)) for x in (image.width - 60,) for y in range(image.height)]
            return middle.count((0x1F, 0x6F, 0xB4))

        assert blue_rows(4) == pytest.approx(2 * blue_rows(2), abs=2)

    def test_a_clock_that_went_back_does_no_harm(self) -> None:
        assert plot_of({self.TODAY + timedelta(days=2): 1}, 8, self.TODAY)

    def test_its_words_name_figures_and_days(self) -> None:
        by_day = {self.TODAY - timedelta(days=1): 3, self.TODAY: 8}
        assert words_of_plot(by_day, 9) == (
            "Exercises passed, of 9, added up over time: 3 on 8 March 2026, 8 on 9 March 2026."
        )
        many = {self.TODAY + timedelta(days=n): n + 1 for n in range(100)}
        words = words_of_plot(many, 100)
        assert words.count(" on ") == 5
        assert "1 on 9 March 2026" in words and "100 on 16 June 2026" in words


class TestMagic:
    @pytest.fixture
    def shown(self, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
        found: list[dict[str, str]] = []
        monkeypatch.setattr(magic, "display", lambda data, raw: found.append(data))
        return found

    def test_it_shows_page_plot_and_text(
        self, course: Repository, did: Did, shown: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        did("a1_first", "a1_one")
        monkeypatch.chdir(course.root)
        magic.show_progress()
        assert set(shown[0]) == {"text/html", "text/plain"}
        alternatives = Reader(shown[0]["text/html"]).alternatives
        assert alternatives == [shown[0]["text/plain"].splitlines()[-1]]

    def test_without_progress_it_says_where_the_plot_will_be(
        self, course: Repository, shown: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(course.root)
        magic.show_progress()
        assert "After your first passed exercise, a plot" in shown[0]["text/html"]

    def test_a_damaged_file_does_not_take_the_map_away(
        self,
        course: Repository,
        progress_file: Path,
        shown: list[dict[str, str]],
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        progress_file.parent.mkdir()
        progress_file.write_text("no database, and long enough to be looked at")
        monkeypatch.chdir(course.root)
        magic.show_progress()
        assert "Your progress cannot be read" in capsys.readouterr().out
        assert "First & foremost" in shown[0]["text/plain"]

    def test_outside_the_course_it_says_what_to_do(
        self,
        tmp_path: Path,
        shown: list[dict[str, str]],
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        os.makedirs(tmp_path / "elsewhere")
        monkeypatch.chdir(tmp_path / "elsewhere")
        magic.show_progress()
        assert "Mend: cd into it" in capsys.readouterr().out
        assert shown == []
