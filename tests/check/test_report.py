"""A report is plain data; the panel carries no script, and no meaning by colour alone."""

from __future__ import annotations

import pickle
from html.parser import HTMLParser

import pytest

from autograder.check.overview import Overview, Row, overview_as_html, overview_as_text
from autograder.check.report import PointsOfTest, Report, State, as_html, as_text

HOSTILE = '<script>alert(1)</script><img src=x onerror="x()">'


class _Elements(HTMLParser):
    def __init__(self, html: str):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data: str) -> None:
        self.text += data


def failed(**changes: object) -> Report:
    settings: dict[str, object] = {
        "points": 1.0,
        "best": 3.0,
        "checks": 7,
        "headline": "dot(...) is wrong",
        "fields": (("cause", "You used `a * b`."), ("call", "dot(\n    x\n)"), ("got", HOSTILE), ("expected", "1")),
        "tests": (PointsOfTest(1, True, 1.0, 1.0), PointsOfTest(2, False, 0.0, 2.0)),
        "section": "3. The dot product",
        "next_step": "Stuck? Run `%hint dot`.",
    }
    return Report("a1", "dot", "Dot", State.FAILED, **{**settings, **changes})  # type: ignore[arg-type]


def test_it_can_be_pickled() -> None:
    assert pickle.loads(pickle.dumps(failed())) == failed()


def test_the_text_says_everything_in_the_order_in_which_it_is_read() -> None:
    assert as_text(failed(fields=(("cause", "You lost a sign."), ("call", "dot(\n    x\n)")))) == (
        "✗ dot: not right yet, 1 of 3 points.\n"
        "\n"
        "dot(...) is wrong\n"
        "  cause     You lost a sign.\n"
        "  call      dot(\n"
        "                x\n"
        "            )\n"
        "\n"
        "7 checks held, then this one failed.\n"
        "test 1: 1 of 1 point; test 2: 0 of 2 points.\n"
        "Read again: 3. The dot product.\n"
        "Stuck? Run `%hint dot`."
    )


def test_sentences_are_broken_between_words_and_code_is_left_alone() -> None:
    call = "dot(" + "1.0, " * 20 + ")"
    wide = failed(headline="one two " * 20, fields=(("cause", "You lost a sign. " * 8), ("got", call)), section="")
    lines = as_text(wide, 60).splitlines()
    assert [line for line in lines if len(line) > 60] == [f"  got       {call}"]
    cause = lines.index("  cause     You lost a sign. You lost a sign. You lost a")
    assert lines[cause + 1] == "            sign. You lost a sign. You lost a sign. You lost"
    assert " ".join(" ".join(lines).split()) == " ".join(as_text(wide).split())
    mend = as_text(failed(headline="Its cell is gone. Mend: `course reset a1_vectors dot` puts it back."), 40)
    assert "\nIts cell is gone. Mend:\n`course reset a1_vectors dot` puts it\nback.\n" in mend


def test_a_heading_is_readable_without_mathematics_and_has_one_end() -> None:
    text = as_text(
        failed(section=r"4. Why divide by $\sqrt{d}$?", next_step="Next:", next_heading=r"Exercise: $x_{i}$")
    )
    assert "Read again: 4. Why divide by sqrt(d)?\nNext: Exercise: x_(i)" in text


def test_the_panel_says_the_same_and_escapes_what_is_foreign() -> None:
    panel = _Elements(as_html(failed()))
    for piece in ("not right yet, 1 of 3 points.", "dot(...) is wrong", HOSTILE, "7 checks held", "3. The dot product"):
        assert piece in panel.text
    assert {tag for tag, _ in panel.tags} <= {"div", "span", "p", "dl", "dt", "dd", "pre", "code", "a"}
    assert not any(name.startswith("on") for _, attributes in panel.tags for name in attributes)
    assert ("a", "#3.-The-dot-product") in [(tag, attributes.get("href")) for tag, attributes in panel.tags]
    assert panel.tags[0][1]["aria-label"] == "Check of dot"
    assert any(attributes.get("role") == "status" for _, attributes in panel.tags)


def test_a_hostile_name_stays_text_everywhere() -> None:
    fields = (("cause", HOSTILE), ("printed", HOSTILE))
    hostile = failed(fields=fields, headline=HOSTILE, section=HOSTILE, next_step=HOSTILE, standing=HOSTILE)
    assert not {tag for tag, _ in _Elements(as_html(hostile)).tags} & {"script", "img"}
    table = overview_as_html(Overview(HOSTILE, (Row(*[HOSTILE] * 5, 1.0, 2.0),), HOSTILE))
    assert not {tag for tag, _ in _Elements(table).tags} & {"script", "img"}


def test_a_long_value_wraps_so_that_its_end_is_seen() -> None:
    boxes = [
        attributes for tag, attributes in _Elements(as_html(failed(fields=(("got", "x" * 200),)))).tags if tag == "pre"
    ]
    assert ["pre-wrap" in (box["style"] or "") for box in boxes] == [True]


def test_a_heading_with_code_in_it_is_found_and_shown() -> None:
    page = as_html(failed(section="3. What `uint8` destroys"))
    assert 'href="#3.-What-uint8-destroys"' in page
    assert _Elements(page).text.count("3. What uint8 destroys") == 1


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_a_sign_and_words(state: State) -> None:
    line = as_text(Report("a1", "dot", "Dot", state)).splitlines()[0]
    assert len(line) > len("? dot: ")
    assert as_html(Report("a1", "dot", "Dot", state)).count('role="group"') == 1


def test_an_overview_lines_up() -> None:
    rows = (Row("dot", "H", "Dot", "✓", "passed", 2, 2), Row("norms", "N", "Norms", "○", "not tried yet", 0, 3))
    lines = overview_as_text(Overview("Vectors", rows, "Done.")).splitlines()
    assert lines == ["Vectors", "✓ dot    passed         2/2  Dot", "○ norms  not tried yet  0/3  Norms", "Done."]
