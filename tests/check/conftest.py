"""A live IPython shell, as a kernel has one, and what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from autograder import UNATTENDED


class Notebook:
    """Cells are run in it, and magics asked."""

    def __init__(self, shell: InteractiveShell):
        self._shell = shell
        self._publisher = CapturingDisplayPublisher(parent=shell)
        shell.display_pub = self._publisher

    def run(self, *cells: str) -> None:
        for cell in cells:
            result = self._shell.run_cell(cell)
            assert result.success, cell

    def ask(self, magic: str) -> str:
        """Run a magic and return its text."""
        return "\n".join(data["text/plain"] for data in self.ask_rich(magic))

    def ask_rich(self, magic: str) -> list[dict[str, str]]:
        """Run a magic and return what it shows: MIME type -> content."""
        self._publisher.outputs.clear()
        self.run(magic)
        return [output["data"] for output in self._publisher.outputs]

    def ask_wrongly(self, magic: str, capsys: pytest.CaptureFixture[str]) -> str:
        """Run a magic that refuses, and return why."""
        capsys.readouterr()
        assert not self._shell.run_cell(magic).success
        return capsys.readouterr().err


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Notebook]:
    """A fresh shell with nothing loaded."""
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progress.sqlite3"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.delenv(UNATTENDED, raising=False)
    InteractiveShell.clear_instance()
    yield Notebook(InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}})))
    InteractiveShell.clear_instance()
