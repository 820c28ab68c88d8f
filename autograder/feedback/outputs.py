"""What may be shown of a cell's outputs: plain text, and raster images that are what they say they are."""

from __future__ import annotations

import base64
import binascii
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image

MOST_IMAGE_BYTES = 4_000_000
"""Size of the largest image that is shown."""

MOST_IMAGE_PIXELS = 25_000_000
"""An image with more pixels than that would fill the memory of whoever looks at it."""

_FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG"}
_TERMINAL = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # colours, cursor movements
    r"|\x1b[\]PX^_].*?(?:\x07|\x1b\\|$)"  # titles, links and other strings for the terminal
    r"|\x1b[ -/]*[0-~]",
    re.DOTALL,
)
# Control characters, and the signs that make text run from right to left or hide it.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


@dataclass(frozen=True)
class RasterImage:
    """A PNG or JPEG image that has been checked.

    Attributes:
        media_type: "image/png" or "image/jpeg".
        data: the image in base64, without line breaks.
        alt: what it shows, in words; "" if the student did not say.
    """

    media_type: str
    data: str
    alt: str


def plain_text(text: str, most_characters: int = 5_000, most_lines: int = 100) -> str:
    """Return ``text`` without terminal commands and invisible signs, cut to a size that can be read."""
    is_cut = len(text) > 20 * most_characters
    text = text[: 20 * most_characters].replace("\r\n", "\n")
    lines = _INVISIBLE.sub("", _TERMINAL.sub("", text)).split("\n")
    is_cut = is_cut or len(lines) > most_lines
    text = "\n".join(lines[:most_lines])
    is_cut = is_cut or len(text) > most_characters
    return f"{text[:most_characters]}\n[cut]" if is_cut else text


def raster_image(output: Mapping[str, Any]) -> RasterImage | None:
    """Return the image of a rich output; None if there is none, or it is not what it claims to be.

    Args:
        output: a ``display_data`` or ``execute_result`` output of a notebook.
    """
    for media_type, kind in _FORMATS.items():
        encoded = output.get("data", {}).get(media_type)
        data = None if encoded is None else checked_image(as_text(encoded), kind)
        if data is not None:
            metadata = output.get("metadata", {}).get(media_type)
            alt = metadata.get("alt") if isinstance(metadata, dict) else None
            return RasterImage(media_type, data, plain_text(alt, 500, 5) if isinstance(alt, str) else "")
    return None


def checked_image(encoded: str, kind: str) -> str | None:
    """Return the base64 of an image if it decodes to a ``kind`` ("PNG", "JPEG") of bearable size, else None."""
    if len(encoded) > MOST_IMAGE_BYTES * 4 // 3 + 4:
        return None
    try:
        data = base64.b64decode("".join(encoded.split()), validate=True)
        with Image.open(io.BytesIO(data), formats=[kind]) as image:  # reads the header only
            width, height = image.size
    except (binascii.Error, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        return None
    if not 0 < width * height <= MOST_IMAGE_PIXELS:
        return None
    return base64.b64encode(data).decode("ascii")


def as_text(value: Any) -> str:
    """Return a text that a notebook file may hold as a list of lines; "" if it is neither."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        return "".join(value)
    return ""
