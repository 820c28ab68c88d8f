"""Everything around a submission that it must neither read nor change, and the check that it did not."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry

from autograder.build.publish import build_lesson
from autograder.grading.grade import SubmissionResult, grade_assignment
from autograder.grading.staging import fingerprint_of_files
from autograder.lesson import read_lesson
from autograder.repository import Repository
from tests.cheats.specimen import Lesson, Specimen, make_notebook
from tests.conftest import ROOT

LESSON = "x1_trial"
HONEST = "a-honest"
LATER = "z-honest"
WRITTEN_CANARIES = ("canary-in-a-solution", "canary-in-a-hidden-test")
"""Words that the lesson has in places that no student may see."""

ESCAPED = "ESCAPED"
"""What a cheat prints when it managed something that is forbidden, apart from points."""

_SETTINGS = """
c.ExecuteSubmission.seconds_per_cell = 4
c.ExecuteSubmission.seconds_per_call = 2
c.ExecuteSubmission.seconds_per_notebook = 40
c.ExecuteSubmission.memory = 600_000_000
"""
_SHARED_FOLDERS = ("/tmp", "/var/tmp", "/dev/shm", "/run")


def build_class(root: Path) -> Lesson:
    """Make a course of the one lesson below ``root``, with one honest submission that has been graded."""
    repository = Repository(root)
    folder = root / "course" / LESSON
    (folder / "images").mkdir(parents=True)
    shutil.copyfile(Path(__file__).with_name("lesson.py"), folder / "lesson.py")
    (folder / "images" / "words.txt").write_text("edge corner edge\n", encoding="utf-8")
    settings = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    repository.nbgrader_config.write_text(settings + _SETTINGS, encoding="utf-8")
    build_lesson(repository, LESSON)
    lesson = read_class(root)
    hand_in(root, HONEST, solve(lesson))
    grade_assignment(root, LESSON)
    return lesson


def read_class(root: Path) -> Lesson:
    """Return the lesson of a course made by :func:`build_class`."""
    repository = Repository(root)
    source = read_lesson(repository.course, LESSON)
    solved = nbformat.read(repository.solution_notebook(LESSON), as_version=4)
    answers = {
        cell.metadata.nbgrader.grade_id: _without_marks(cell.source)
        for cell in solved.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    return Lesson(
        released=nbformat.read(root / "exercises" / LESSON / f"{LESSON}.ipynb", as_version=4),
        answers=answers,
        points={exercise.name: float(exercise.points) for exercise in source.exercises if not exercise.is_written},
    )


def _without_marks(text: str) -> str:
    lines = [line.partition("  # the words")[0] for line in text.splitlines() if not line.strip().startswith("### ")]
    return "\n".join(lines)


def solve(lesson: Lesson) -> NotebookNode:
    """Return the notebook with every reference answer filled in."""
    honest = Specimen("honest", "", {}, frozenset(lesson.answers), "", (), (), None)
    return make_notebook(honest, lesson)


def hand_in(root: Path, student: str, notebook: NotebookNode) -> Path:
    """Write a submission and return its folder."""
    folder = root / "submitted" / student / LESSON
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, folder / f"{LESSON}.ipynb")
    return folder


@dataclass
class World:
    """A course folder, a home folder, processes and sockets that a cheat would like to reach.

    Attributes:
        root: the course folder.
        lesson: what the class was set.
        home: a folder with somebody's key in it.
        places: what a cheat is told about where things are.
        canaries: name -> secret words that must not reach any output.
        contacts: whoever reached one of the sockets.
    """

    root: Path
    lesson: Lesson
    home: Path
    places: dict[str, str] = field(default_factory=dict)
    canaries: dict[str, str] = field(default_factory=dict)
    contacts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        token = f"cheat-{uuid.uuid4().hex[:6]}"
        self.canaries = {name: f"canary-{name}-{uuid.uuid4().hex}" for name in ("key", "process", "environment")}
        self.canaries |= {word: word for word in WRITTEN_CANARIES}
        (self.home / ".ssh").mkdir(parents=True)
        (self.home / ".ssh" / "id_ed25519").write_text(self.canaries["key"], encoding="utf-8")
        self._sockets = [
            socket.create_server(("127.0.0.1", 0)),
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
            socket.socket(socket.AF_UNIX),
        ]
        self._sockets[1].bind(("127.0.0.1", 0))
        self._sockets[2].bind(str(self.home / "agent.sock"))
        self._sockets[2].listen()
        if sys.platform == "linux":
            self._sockets.append(socket.socket(socket.AF_UNIX))
            self._sockets[3].bind(f"\0{token}")
            self._sockets[3].listen()
        for listener in self._sockets:
            threading.Thread(target=self._listen, args=(listener,), daemon=True).start()
        self._process = subprocess.Popen(
            [sys.executable, "-c", "import time; time.sleep(600)", self.canaries["process"]],
            env={"CANARY": self.canaries["process"]},
        )
        self.places = {
            "TOKEN": token,
            "COURSE_FOLDER": str(self.root),
            "HOME_FOLDER": str(self.home),
            "TCP_PORT": str(self._sockets[0].getsockname()[1]),
            "UDP_PORT": str(self._sockets[1].getsockname()[1]),
            "GRADER_PID": str(os.getpid()),
            "PROCESS_PID": str(self._process.pid),
        }
        self._files = self._fingerprints()
        self._rows = self.rows(HONEST)

    def close(self) -> None:
        """End the process and close the sockets."""
        for listener in self._sockets:
            listener.close()
        self._process.kill()
        self._process.wait()

    def hand_in(self, student: str, specimen: Specimen, printed: str | None = None) -> None:
        """Write a specimen as the submission of ``student``; with what its first attempt printed, as the second one."""
        notebook = make_notebook(specimen, self.lesson, printed)
        folder = self.root / "submitted" / student / LESSON
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        content = specimen.mutate(notebook, folder) if specimen.mutate else None
        path = folder / f"{LESSON}.ipynb"
        if content is not None:
            path.write_bytes(content)
        elif not path.is_symlink():
            path.write_text(nbformat.writes(notebook), encoding="utf-8")

    def grade(self, students: Sequence[str]) -> dict[str, SubmissionResult]:
        """Grade some submissions, as an instructor would."""
        secret = {"GRADER_SECRET": self.canaries["environment"]}
        os.environ.update(secret)
        try:
            return {result.student: result for result in grade_assignment(self.root, LESSON, students)}
        finally:
            for name in secret:
                del os.environ[name]

    def scores(self, student: str) -> dict[str, float]:
        """Return the points of each exercise with code in the gradebook; empty if the student is not there."""
        scores = dict.fromkeys(self.lesson.points, 0.0)
        rows = self.rows(student)
        for name, points, *_ in rows:
            exercise = name.removeprefix("test_").rstrip("_0123456789")
            if exercise in scores:
                scores[exercise] += points
        return scores if rows else {}

    def rows(self, student: str) -> list[tuple[str, float, float, float]]:
        """Return (cell, score, points given by hand, points possible) of a student, as the gradebook has them."""
        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}") as gradebook:
            try:
                grades = gradebook.find_submission_notebook(LESSON, LESSON, student).grades
            except MissingEntry:
                return []
            return sorted((g.name, g.score, g.manual_score or 0.0, g.max_score) for g in grades)

    def outputs(self, student: str) -> str:
        """Return everything that the graded notebook of a student shows as output."""
        path = self.root / "autograded" / student / LESSON / f"{LESSON}.ipynb"
        if not path.is_file():
            return ""
        notebook = nbformat.read(path, as_version=4)
        return "\n".join(
            text
            for cell in notebook.cells
            for output in cell.get("outputs", [])
            for text in [
                output.get("text", ""),
                output.get("evalue", ""),
                "\n".join(output.get("traceback", [])),
                *map(str, output.get("data", {}).values()),
            ]
        )

    def page(self, student: str) -> str:
        """Return the feedback page of a student."""
        path = self.root / "feedback" / student / LESSON / f"{LESSON}.html"
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    def harm(self) -> list[str]:
        """Return what has been changed, reached or left behind since the world was made; empty if all is well."""
        harm = [f"{place} was changed" for place, now in self._fingerprints().items() if now != self._files[place]]
        if self.rows(HONEST) != self._rows:
            harm.append("another student's grades were changed")
        harm += [f"a socket outside was reached: {contact}" for contact in self.contacts]
        if self._process.poll() is not None:
            harm.append("a process outside was ended")
        return harm + self._droppings() + self._survivors()

    def leaks(self, student: str) -> list[str]:
        """Return which secrets a student's outputs or feedback page contain."""
        texts = {"outputs": self.outputs(student), "feedback page": self.page(student)}
        return [
            f"{name} stands in the {where}"
            for where, text in texts.items()
            for name, secret in self.canaries.items()
            if secret in text
        ]

    def _fingerprints(self) -> dict[str, str]:
        watched = {
            "the home folder": self.home / ".ssh",
            "the solution": self.root / "solutions",
            "the release": self.root / "exercises",
            "the lesson": self.root / "course",
            "another submission": self.root / "submitted" / HONEST,
            "another graded notebook": self.root / "autograded" / HONEST,
        }
        prints = {what: fingerprint_of_files(folder) for what, folder in watched.items()}
        return {**prints, "the settings": (self.root / "nbgrader_config.py").read_text(encoding="utf-8")}

    def _droppings(self) -> list[str]:
        """Files outside the submissions that carry the token."""
        token = self.places["TOKEN"]
        top = [path for folder in map(Path, _SHARED_FOLDERS) if folder.is_dir() for path in folder.iterdir()]
        places = [path for path in self.root.rglob("*") if "submitted" not in path.relative_to(self.root).parts]
        return [f"left behind: {path}" for path in [*top, *self.home.rglob("*"), *places] if token in path.name]

    def _survivors(self) -> list[str]:
        """Processes that call themselves by the token."""
        found = []
        for status in Path("/proc").glob("[0-9]*/comm"):
            try:
                if self.places["TOKEN"] in status.read_text():
                    found.append(f"process {status.parent.name} goes on")
            except OSError:
                continue
        return found

    def _listen(self, listener: socket.socket) -> None:
        try:
            if listener.type == socket.SOCK_DGRAM:
                listener.recv(100)
            else:
                listener.accept()[0].close()
            self.contacts.append(f"{listener.family.name} {listener.type.name}")
        except OSError:
            pass  # closed


def judge(world: World, specimen: Specimen, student: str, result: SubmissionResult) -> list[str]:
    """Return what is wrong with how a specimen was graded; empty if nothing is."""
    wrong = []
    if specimen.refused:
        if result.status != "not_graded" or specimen.refused not in " ".join(result.notes):
            wrong.append(f"it should have been refused ({specimen.refused}), not {result.status}: {result.notes}")
    elif result.status == "not_graded":
        wrong.append(f"it was not graded: {result.notes}")
    else:
        wrong += _differences(specimen.deserves, world.scores(student))
        if abs(result.score - sum(specimen.deserves.values())) > 1e-9:
            wrong.append(f"scored {result.score:g} in all, deserves {sum(specimen.deserves.values()):g}")
    outputs = world.outputs(student)
    wrong += [line.strip() for line in outputs.splitlines() if line.startswith(ESCAPED)]
    wrong += world.leaks(student)
    wrong += [f"{code!r} is live in the page" for code in _LIVE if code in world.page(student).lower()]
    return wrong


_LIVE = ("<script>cheat", "<img src=x onerror=cheat", "<iframe src=cheat", "\x1b]", 'href="javascript:cheat')


def _differences(deserved: Mapping[str, float], scored: Mapping[str, float]) -> list[str]:
    return [
        f"{name}: scored {scored.get(name, 0.0):g}, deserves {points:g}"
        for name, points in deserved.items()
        if abs(scored.get(name, 0.0) - points) > 1e-9
    ]
