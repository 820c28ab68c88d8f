"""Where things are in a checkout of the course."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class NotACourse(Exception):
    """The command was not run inside a checkout of the course."""


@dataclass(frozen=True)
class Repository:
    """A checkout, or a copy of one."""

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> Repository:
        """Return the checkout that holds ``start`` (the working folder unless told).

        Raises:
            NotACourse: if neither the folder nor any folder above it holds course/curriculum.toml.
        """
        here = (start or Path.cwd()).resolve()
        for folder in (here, *here.parents):
            if (folder / "course" / "curriculum.toml").is_file():
                return cls(folder)
        raise NotACourse(f"{here} is not inside a checkout of the course. Mend: cd into it and try again.")

    @property
    def course(self) -> Path:
        """What authors write."""
        return self.root / "course"

    @property
    def exercises(self) -> Path:
        """The notebooks that learners open."""
        return self.root / "exercises"

    @property
    def solutions(self) -> Path:
        """The same notebooks, solved and executed."""
        return self.root / "solutions"

    @property
    def nbgrader_config(self) -> Path:
        """The settings that every nbgrader command in the checkout reads."""
        return self.root / "nbgrader_config.py"

    @property
    def start_page(self) -> Path:
        """The notebook that JupyterLab opens first."""
        return self.exercises / "START_HERE.ipynb"

    def exercise_notebook(self, lesson: str) -> Path:
        """The released notebook of a lesson."""
        return self.exercises / lesson / f"{lesson}.ipynb"

    def solution_notebook(self, lesson: str) -> Path:
        """The solved notebook of a lesson."""
        return self.solutions / lesson / f"{lesson}.ipynb"
