"""The benchmark: what it measures is all that there is, and its smallest class goes through."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.classroom import OWN_LESSON, Classroom, is_test
from bench.tools import otter_test
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the benchmark reads /proc")

# Measured in a process of its own, because a meter takes in, and ends, whatever its process leaves behind.
MEASURE = """
import json, os, sys
from pathlib import Path
from bench.meter import Meter

with Meter() as meter:
    found = [meter.run([sys.executable, "-c", code], Path.cwd(), os.environ) for code in sys.argv[1:]]
print(json.dumps([{"cpu": usage.cpu, "wall": usage.wall, "peak_pss": usage.peak_pss} for usage in found]))
"""
BURN = "import time\nwhile time.process_time() < {seconds}: pass\n"


def measure(*codes: str) -> list[dict[str, float]]:
    done = subprocess.run([sys.executable, "-c", MEASURE, *codes], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, float]] = json.loads(done.stdout)
    return found


def test_the_time_of_a_server_that_stays_is_counted_in_each_run_that_uses_it() -> None:
    # The server leaves its session, as daemons do, burns time, and goes on burning on request.
    server = BURN.format(seconds=0.6) + "open('/proc/self/fd/1', 'w').write('.')\nwhile True: time.sleep(1)\n"
    start = (
        "import subprocess, sys\n"
        f"process = subprocess.Popen([sys.executable, '-c', {server!r}], start_new_session=True, stdout=-1)\n"
        "process.stdout.read(1)\n"
    )
    starting, idle = measure(start, "pass")
    assert 0.6 < starting["cpu"] < 1.5
    assert idle["cpu"] < 0.3


def test_the_time_of_an_orphan_that_ends_is_counted() -> None:
    orphan = BURN.format(seconds=0.6)
    middle = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {orphan!r}])"
    # The orphan holds the pipe open, so reading it to the end waits for the orphan.
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {middle!r}], stdout=subprocess.PIPE)"
    (usage,) = measure(code)
    assert 0.6 < usage["cpu"] < 1.5


def test_the_memory_of_children_is_counted() -> None:
    child = "import time; held = bytearray(b'x') * 200_000_000; time.sleep(3)"
    (usage,) = measure(f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])")
    assert 200e6 < usage["peak_pss"] < 300e6


def test_every_student_hands_in_another_notebook_and_the_first_the_reference() -> None:
    classroom = Classroom.of(OWN_LESSON, 12)
    notebooks = [json.dumps(classroom.as_graded(student)) for student in classroom.students]
    assert len(set(notebooks)) == 12
    assert "BEGIN SOLUTION" not in "".join(notebooks)
    assert sum(classroom.tests.values()) == classroom.lesson.points


def test_otter_gets_every_statement_of_every_test() -> None:
    for cell in filter(is_test, Classroom.of(OWN_LESSON, 1).solved.cells):
        namespace: dict[str, dict[str, list[dict[str, list[dict[str, str]]]]]] = {}
        exec(otter_test(cell), namespace)
        (case,) = namespace["test"]["suites"][0]["cases"]
        code = "\n".join(line[4:] for line in case["code"].split("\n"))
        assert ast.dump(ast.parse(code)) == ast.dump(ast.parse(cell.source))


@pytest.mark.slow
def test_the_smallest_class(tmp_path: Path) -> None:
    options = ["--size", "2", "--repeats", "1", "--latency", "0", "--tool", "floor", "--tool", "course"]
    done = subprocess.run(
        [sys.executable, "-m", "bench", *options, "--into", tmp_path, "--plot", tmp_path / "plot.png"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    results = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    rows = {(row["tool"], row["submissions"]): row for row in results["per_submission"]}
    assert set(rows) == {("course-first", 1), ("floor", 2), ("course", 2)}
    assert rows["floor", 2]["cpu"] > 0.05  # two figures and a model cannot be had for less
    assert rows["course", 2]["peak_pss"] > 50e6
    assert results["disagreements"] == []
    assert (tmp_path / "plot.png").read_bytes().startswith(b"\x89PNG")
    assert str(tmp_path) not in (tmp_path / "results.json").read_text(encoding="utf-8")
