"""Make a graded notebook harmless to whoever opens it.

Formgrader shows notebooks on the address of the instructor's Jupyter server: a script in one could read and
change every file and grade there. nbgrader leaves HTML, SVG, scripts and links in place.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.feedback.outline import Outline, outline_of
from autograder.feedback.outputs import as_text, plain_text, raster_image
from autograder.feedback.preformatted import preformatted_cell

_RECORD = "grading"  # see autograder.grading.notes: a record that the notebook brought with it is forgotten
_MARK = "inert"
_MOST_CHARACTERS = 200_000
_MOST_LINES = 5_000
_KEPT_METADATA = ("nbgrader", "deletable", "editable")
Resources = dict[str, Any]


class MakeInert(NbGraderPreprocessor):
    """Leave nothing in a notebook but code, plain text, and raster images.

    - The text that the students were given stays formatted. Any other Markdown or raw cell is shown as it was
      typed, in a block of preformatted text, where neither HTML nor formulas nor links are live.
    - Of outputs, printed text, error messages and checked PNG and JPEG images stay.
    - Metadata that a program may act upon is dropped.

    It comes after the grades have been taken, because it changes what they are taken from. In formgrader it
    does the same for a notebook whose grading was broken off before that.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Make all cells and the metadata harmless, in place."""
        if nb.metadata.get(_RECORD, {}).get(_MARK):
            return nb, resources
        outline = self._outline(resources)
        for position, cell in enumerate(nb.cells):
            metadata = NotebookNode({name: cell.metadata[name] for name in _KEPT_METADATA if name in cell.metadata})
            if cell.cell_type == "code":
                cell.outputs = [kept for output in cell.outputs if (kept := inert_output(output)) is not None]
            elif cell.cell_type == "raw" or cell.source not in outline.texts:
                nb.cells[position] = cell = preformatted_cell(cell.source, cell.id)
                metadata.update(cell.metadata)
            cell.metadata = metadata
            cell.pop("attachments", None)
        for name in set(nb.metadata) - {"course", "grading", "kernelspec"}:
            del nb.metadata[name]
        nb.metadata["language_info"] = NotebookNode(outline.language)
        nb.metadata.setdefault(_RECORD, NotebookNode(notes=[]))[_MARK] = True
        return nb, resources

    def _outline(self, resources: Resources) -> Outline:
        """Return what the students were given."""
        coursedir = getattr(getattr(self.parent, "parent", None), "coursedir", None)
        if coursedir is None:  # formgrader's exporter knows of no course
            return Outline("", (), frozenset(), {"name": "python"})
        where = resources["nbgrader"]
        folder = coursedir.format_path(coursedir.source_directory, ".", where["assignment"])
        return outline_of(Path(folder, f"{where['notebook']}.ipynb"))


def inert_output(output: NotebookNode) -> NotebookNode | None:
    """Return what may stay of an output; None if that is nothing."""
    if output.output_type == "stream":
        name = "stderr" if output.name == "stderr" else "stdout"
        return new_output("stream", name=name, text=_text(output.text))
    if output.output_type == "error":
        ename, evalue = _text(output.ename), _text(output.evalue)
        return new_output("error", ename=ename, evalue=evalue, traceback=[_text(line) for line in output.traceback])
    data, metadata = {}, {}
    image = raster_image(output)
    if image is not None:
        data[image.media_type] = image.data
        metadata = {image.media_type: {"alt": image.alt}} if image.alt else {}
    plain = _text(as_text(output.data.get("text/plain", "")))
    if plain:
        data["text/plain"] = plain
    return new_output("display_data", data=data, metadata=metadata) if data else None


def _text(text: str) -> str:
    return plain_text(text, _MOST_CHARACTERS, _MOST_LINES)
