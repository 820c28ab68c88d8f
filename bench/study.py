"""Which runs are made, in which order, and what is found out."""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.classroom import Classroom
from bench.meter import Meter, Usage
from bench.tools import CourseGrade, Floor, Graded, Tool

Say = Callable[[str], None]

FIRST_COMMAND = "course-first"
"""The key under which the very first command is kept, which starts the servers that stay."""

LATENCY_LABEL = "course grade --student"


@dataclass(frozen=True)
class Record:
    """One measured run.

    Attributes:
        tool: the tool's key.
        label: the tool's name in the report.
        lesson: the lesson that was handed in.
        submissions: how many were graded.
        wall: seconds, of the whole run.
        cpu: seconds of processor time of all processes, of the whole run.
        peak_pss: bytes.
        load: the machine's load average (1 minute) before the run; anything but small means that others computed too.
    """

    tool: str
    label: str
    lesson: str
    submissions: int
    wall: float
    cpu: float
    peak_pss: int
    load: float


@dataclass(frozen=True)
class Latency:
    """How long one person waits for one verdict, every server running already.

    Attributes:
        label: what was run.
        overheads: for each run, seconds from the command to its end less those that the cells alone take.
        walls: for each run, seconds from the command to its end.
    """

    label: str
    overheads: tuple[float, ...]
    walls: tuple[float, ...]


@dataclass
class Findings:
    """Everything that one call of the benchmark found out."""

    records: list[Record] = field(default_factory=list)
    latency: Latency | None = None
    disagreements: list[str] = field(default_factory=list)


class Study:
    """Makes runs in folders below ``base`` and keeps what they cost.

    Args:
        meter: measures the runs.
        base: an empty folder; its path must be short, because Unix sockets are made in it.
        say: is told what happens, line by line.
    """

    def __init__(self, meter: Meter, base: Path, say: Say):
        self.findings = Findings()
        self._meter = meter
        self._base = base
        self._say = say
        self._env = _environment(base)
        self._number = 0
        self._expected: dict[tuple[str, int], Graded] = {}

    def start_servers(self, lesson: str) -> None:
        """Grade one submission with this project for the first time, which starts the servers that stay."""
        tool = CourseGrade()
        tool.label = "course grade, first command"
        tool.key = FIRST_COMMAND
        self.compare([tool], lesson, 1)

    def compare(self, tools: Sequence[Tool], lesson: str, size: int, repeats: int = 1) -> None:
        """Let each tool grade the same class, in turn, ``repeats`` times; what they decide must be equal."""
        classroom = Classroom.of(lesson, size)
        for turn in range(repeats):
            for tool in tools:
                load = os.getloadavg()[0]
                graded = self._grade(tool, classroom)
                self._keep(tool, classroom, graded.usage, load)
                self._say(
                    f"{tool.label}, {size} of {lesson}, run {turn + 1} of {repeats}: "
                    f"{graded.usage.wall / size:.2f} s, {graded.usage.cpu / size:.2f} s of processor time each"
                )
                self._check(tool, classroom, graded)

    def measure_latency(self, lesson: str, repeats: int) -> None:
        """Grade one student after the other by a command of their own, less what their cells take alone."""
        classroom = Classroom.of(lesson, repeats)
        floor, course = Floor(), CourseGrade()
        alone = self._new_folder(floor)
        floor.prepare(classroom, alone, self._meter, self._env)
        floor.grade(classroom, alone, self._meter, self._env)
        folder = self._new_folder(course)
        course.prepare(classroom, folder, self._meter, self._env)
        walls = [
            course.grade_one(student, classroom, folder, self._meter, self._env).wall for student in classroom.students
        ]
        own = floor.results(alone)
        overheads = [wall - own[student]["wall"] for student, wall in zip(classroom.students, walls, strict=True)]
        self.findings.latency = Latency(LATENCY_LABEL, tuple(overheads), tuple(walls))
        self._say(f"{LATENCY_LABEL}: {statistics.median(overheads):.2f} s and the cells (median of {repeats})")

    def _grade(self, tool: Tool, classroom: Classroom) -> Graded:
        folder = self._new_folder(tool)
        tool.prepare(classroom, folder, self._meter, self._env)
        return tool.grade(classroom, folder, self._meter, self._env)

    def _check(self, tool: Tool, classroom: Classroom, graded: Graded) -> None:
        """Compare with what the cells do alone."""
        key = (classroom.lesson.name, classroom.size)
        if isinstance(tool, Floor):
            self._expected.setdefault(key, graded)
        elif key not in self._expected:
            self._expected[key] = self._grade(Floor(), classroom)
        for student, expected in self._expected[key].scores.items():
            if graded.scores.get(student) != expected:
                found = f"{tool.label}: {student} got {graded.scores.get(student)} instead of {expected}"
                self.findings.disagreements.append(found)
                self._say(found)

    def _keep(self, tool: Tool, classroom: Classroom, usage: Usage, load: float) -> None:
        self.findings.records.append(
            Record(
                tool.key,
                tool.label,
                classroom.lesson.name,
                classroom.size,
                round(usage.wall, 3),
                round(usage.cpu, 3),
                usage.peak_pss,
                round(load, 1),
            )
        )

    def _new_folder(self, tool: Tool) -> Path:
        self._number += 1
        return self._base / f"{self._number}-{tool.key}"


def _environment(base: Path) -> Mapping[str, str]:
    """Keep the settings of whoever runs the benchmark out of it, and servers of other sessions too."""
    folders = {"XDG_RUNTIME_DIR": base / "run", "TMPDIR": base / "t", "JUPYTER_CONFIG_DIR": base / "jupyter"}
    for folder in folders.values():
        folder.mkdir(mode=0o700)
    # Plain nbgrader calls `alembic` by name.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return {
        **os.environ,
        "PATH": path,
        "HF_HUB_OFFLINE": "1",
        **{name: str(folder) for name, folder in folders.items()},
    }
