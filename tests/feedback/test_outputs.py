"""What may be shown of an output."""

from __future__ import annotations

import base64
import io

import pytest
from nbformat.v4 import new_markdown_cell
from PIL import Image

from autograder.feedback import outputs
from autograder.feedback.outputs import plain_text, raster_image
from autograder.feedback.preformatted import as_typed, preformatted_cell
from tests.feedback.conftest import PNG, display
from tests.feedback.hostile import OUTPUTS, TEXTS


def encoded(kind: str, size: tuple[int, int] = (3, 2)) -> str:
    stream = io.BytesIO()
    Image.new("L", size).save(stream, kind)
    return base64.b64encode(stream.getvalue()).decode()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain\n\ttext ü 漢 🎉", "plain\n\ttext ü 漢 🎉"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]8;;http://x\x07link\x1b]8;;\x07", "link"),
        ("\x1b]0;title never closed", ""),
        ("a\r\nb\x00\x08c", "a\nbc"),
        ("\u202eabc\u2066", "abc"),
        ("\ud800x", "x"),
    ],
)
def test_plain_text_loses_what_a_terminal_or_a_browser_acts_upon(text: str, shown: str) -> None:
    assert plain_text(text) == shown


def test_plain_text_is_cut_by_characters_and_by_lines() -> None:
    assert plain_text("abcdef", 4) == "abcd\n[cut]"
    assert plain_text("a\nb\nc", most_lines=2) == "a\nb\n[cut]"
    assert plain_text("abcd", 4, 1) == "abcd"
    assert len(plain_text(TEXTS["long"])) < 6_000


@pytest.mark.parametrize(("media_type", "kind"), [("image/png", "PNG"), ("image/jpeg", "JPEG")])
def test_an_image_that_is_what_it_says_is_kept(media_type: str, kind: str) -> None:
    data = encoded(kind)
    output = {"data": {media_type: data[:9] + "\n" + data[9:]}, "metadata": {media_type: {"alt": "a \x1b[1mdot"}}}
    image = raster_image(output)
    assert image is not None
    assert (image.media_type, image.data, image.alt) == (media_type, data, "a dot")


@pytest.mark.parametrize("name", [name for name in OUTPUTS if name not in ("stream", "error")])
def test_no_hostile_output_is_taken_for_an_image(name: str) -> None:
    assert raster_image(OUTPUTS[name]) is None


def test_an_image_of_another_kind_than_it_says_is_dropped() -> None:
    assert raster_image(display(image_png=encoded("JPEG"))) is None
    assert raster_image(display(image_jpeg=encoded("PNG"))) is None
    assert raster_image(display(image_png=encoded("GIF"))) is None


def test_an_image_too_large_to_look_at_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    assert raster_image(display(image_png=encoded("PNG", (6_000, 6_000)))) is None  # 36 megapixels, 5 kB
    monkeypatch.setattr(outputs, "MOST_IMAGE_BYTES", 10)
    assert raster_image(display(image_png=PNG)) is None


@pytest.mark.parametrize("name", TEXTS)
def test_preformatted_text_is_one_block_and_comes_back_as_it_was_typed(name: str) -> None:
    cell = preformatted_cell(TEXTS[name], "x")
    fence = cell.source.split("text\n")[0]
    assert set(fence) == {"`"} and len(fence) >= 3
    assert cell.source.count(fence) == 2 and cell.source.endswith(f"\n{fence}")
    assert max(map(len, cell.source.split("\n"))) <= 100
    assert as_typed(cell) == plain_text(TEXTS[name], 100_000, 2_000)


def test_what_was_never_preformatted_is_left_as_it_is() -> None:
    assert as_typed(new_markdown_cell("Because `x`.")) == "Because `x`."


def test_long_lines_are_wrapped_between_words() -> None:
    assert preformatted_cell("word " * 30, "x").source.split("\n")[1:3] == ["word " * 20, "word " * 10]
