"""The set-up: it goes on after a failure, is silent when all is there, and every ending says the mend."""

import ast
import errno
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import time
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import pytest

from autograder import bootstrap

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "autograder" / "bootstrap.py"


def fake_python(folder: Path, name: str, version: str, venv: str = "venv") -> Path:
    """Write an executable that answers as an interpreter of ``version`` does."""
    path = folder / name
    path.write_text(f'#!/bin/sh\necho {version}\necho {path}\necho "{venv}"\n')
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture
def only(tmp_path, monkeypatch):
    """Leave no Python but those that the test puts into the folder which this returns."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}")
    monkeypatch.setattr(sys, "executable", f"{folder}/python3")
    monkeypatch.delenv("PYTHON", raising=False)
    monkeypatch.delenv("TORCH_INDEX", raising=False)
    return folder


@pytest.fixture
def course(tmp_path):
    """A folder with what the set-up reads, and no environment."""
    root = tmp_path / "course"
    root.mkdir()
    (root / "requirements.lock").write_text("pip==1.0\n")
    (root / "pyproject.toml").write_text("")
    return root


def ending_of(call, *args) -> str:
    with pytest.raises(bootstrap.Ending) as ending:
        call(*args)
    return str(ending.value)


class TestPython:
    def test_the_file_parses_on_python_3_6(self):
        ast.parse(SOURCE.read_text(), feature_version=(3, 6))

    def test_the_range_is_that_of_pyproject(self):
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
        newest = bootstrap.NEWEST
        assert (
            project["requires-python"] == f">={bootstrap.OLDEST[0]}.{bootstrap.OLDEST[1]},<{newest[0]}.{newest[1] + 1}"
        )

    def test_the_running_one_comes_first(self, only):
        fake_python(only, "python3.13", "3.13.1")
        running = fake_python(only, "python3", "3.12.4")
        assert bootstrap.find_python(str(running)).version == (3, 12, 4)

    @pytest.mark.parametrize("unfit", ["3.10.13", "3.14.0"])
    def test_else_the_newest_on_the_path(self, only, unfit):
        running = fake_python(only, "python3", unfit)
        fake_python(only, "python3.11", "3.11.2")
        fake_python(only, "python3.12", "3.12.4")
        assert bootstrap.find_python(str(running)).name == "python3.12"

    @pytest.mark.parametrize("unfit", ["2.7.18", "3.6.15", "3.14.0"])
    def test_an_unfit_one_is_named(self, only, unfit):
        running = fake_python(only, "python3", unfit)
        message = ending_of(bootstrap.find_python, str(running))
        assert "needs Python 3.11 to 3.13" in message
        assert f"python3 is Python {unfit} ({running})" in message
        assert "apt install python3.13" in message and "brew install python@3.13" in message

    def test_one_on_the_path_that_does_not_run_is_passed_over(self, only):
        running = fake_python(only, "python3", "3.9.6")
        broken = fake_python(only, "python3.13", "3.13.0")
        broken.write_text("#!/bin/sh\nexit 127\n")
        assert "3.13.0" not in ending_of(bootstrap.find_python, str(running))

    def test_the_one_asked_for_is_taken_or_nothing(self, only, monkeypatch):
        running = fake_python(only, "python3", "3.12.4")
        monkeypatch.setenv("PYTHON", str(fake_python(only, "mine", "3.11.2")))
        assert bootstrap.find_python(str(running)).version == (3, 11, 2)
        monkeypatch.setenv("PYTHON", str(fake_python(only, "old", "3.8.10")))
        assert "Python 3.8.10" in ending_of(bootstrap.find_python, str(running))
        monkeypatch.setenv("PYTHON", "python9")
        assert "PYTHON=python9 does not run" in ending_of(bootstrap.find_python, str(running))

    def test_one_that_makes_no_environments_says_what_to_install(self, only):
        running = fake_python(only, "python3", "3.11.2", venv="")
        assert "apt install python3.11-venv" in ending_of(bootstrap.find_python, str(running))
        fake_python(only, "python3.12", "3.12.4")
        assert bootstrap.find_python(str(running)).version == (3, 12, 4)

    def test_make_says_which_python_to_install_if_there_is_none(self, tmp_path):
        make = shutil.which("make")
        assert make, "make test needs make"
        (tmp_path / "sh").symlink_to("/bin/sh")
        result = subprocess.run(
            [make, "setup"], cwd=ROOT, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
        )
        assert result.returncode == 2
        assert "There is no python3 here: install Python 3.11, 3.12 or 3.13" in result.stderr


class TestExistingEnvironment:
    def place(self, course: Path, version: str, made_in: str = "") -> Path:
        venv = course / ".venv"
        (venv / "bin").mkdir(parents=True)
        fake_python(venv / "bin", "python", version)
        (venv / "pyvenv.cfg").write_text(f"version = {version}\n")
        (venv / "mine.txt").write_text("kept")
        if made_in:
            (venv / ".course-made").write_text(made_in)
        return venv

    def test_a_good_one_made_by_hand_is_used(self, course, only, capsys):
        venv = self.place(course, "3.12.4")
        assert bootstrap.prepare_venv(str(course)).version == (3, 12, 4)
        assert (venv / "mine.txt").exists()
        assert "Using the environment that is here" in capsys.readouterr().out

    def test_a_bad_one_made_by_hand_is_left_alone(self, course, only):
        venv = self.place(course, "3.9.6")
        message = ending_of(bootstrap.prepare_venv, str(course))
        assert "its Python is 3.9.6" in message and "mv .venv .venv.old" in message
        assert (venv / "mine.txt").exists()

    @pytest.mark.parametrize(
        ("version", "made_in", "fault"),
        [("3.9.6", "{course}", "its Python is 3.9.6"), ("3.12.4", "/elsewhere", "it was made in another folder")],
    )
    def test_a_bad_one_of_its_own_is_made_anew(self, course, only, capsys, version, made_in, fault):
        self.place(course, version, made_in.format(course=os.path.realpath(course)))
        ending_of(bootstrap.prepare_venv, str(course))  # there is no Python to make it with
        assert f"Making .venv anew: {fault}" in capsys.readouterr().out

    def test_another_python_asked_for_makes_it_stale(self, course, only, monkeypatch):
        venv = self.place(course, "3.12.4", os.path.realpath(course))
        (venv / ".course-ready").write_text(bootstrap.fingerprint(str(course)))
        assert bootstrap.is_ready(str(course))
        monkeypatch.setenv("PYTHON", str(fake_python(only, "same", "3.12.9")))
        assert bootstrap.is_ready(str(course))
        monkeypatch.setenv("PYTHON", str(fake_python(only, "other", "3.11.2")))
        assert not bootstrap.is_ready(str(course))

    @pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml", ".venv/pyvenv.cfg"])
    def test_a_change_of_what_it_was_made_from_makes_it_stale(self, course, only, changed):
        venv = self.place(course, "3.12.4")
        (venv / ".course-ready").write_text(bootstrap.fingerprint(str(course)))
        with open(course / changed, "a") as text:
            text.write("# new\n")
        assert not bootstrap.is_ready(str(course))


class TestDisk:
    def test_a_small_disk_is_refused_before_anything_is_made(self, course, only, monkeypatch):
        fake_python(only, "python3.12", "3.12.4")
        monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=1.14e9))
        message = ending_of(bootstrap.prepare_venv, str(course))
        assert f"1.1 GB are free in {course}, about 3.2 GB are needed" in message
        assert not (course / ".venv").exists()

    @pytest.mark.parametrize(
        "reason", ["[Errno 28] No space left on device", "[Errno 28] Plus de place", "[Errno 122]"]
    )
    def test_a_disk_that_fills_up_during_the_install(self, reason):
        output = f"ERROR: Could not install packages due to an OSError: {reason}\n"
        assert "The disk is full" in bootstrap.diagnose(output, str(ROOT))

    def test_a_disk_that_fills_up_under_the_set_up_itself(self, monkeypatch, capsys):
        def full(root):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(bootstrap, "set_up", full)
        assert bootstrap.main() == 1
        assert "The disk is full" in capsys.readouterr().err


class TestTorch:
    def check(self, builds: list[str], free: float, monkeypatch) -> None:
        answer = json.dumps({"name": "torch", "versions": builds}) + "\n"
        monkeypatch.setattr(sys, "platform", "linux")
        monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=free))
        bootstrap.check_torch("course", SimpleNamespace(run=lambda label, arguments: answer), "2.13.0")

    def test_the_cpu_build_needs_no_more_room(self, only, monkeypatch):
        self.check(["2.14.0", "2.13.0+cpu", "2.13.0"], 1e9, monkeypatch)

    def test_the_cuda_build_needs_room_and_names_the_other(self, only, monkeypatch):
        message = ending_of(self.check, ["2.14.0", "2.13.0"], 5e9, monkeypatch)
        assert "5.0 GB are free" in message and "12.5 GB are needed" in message
        assert "make lab TORCH_INDEX=https://download.pytorch.org/whl/cpu" in message

    def test_with_room_enough_it_goes_on_and_names_the_cpu_build(self, only, monkeypatch, capsys):
        self.check(["2.13.0"], 20e9, monkeypatch)
        assert "make lab TORCH_INDEX=" in capsys.readouterr().out

    def test_a_wrong_torch_index_does_not_end_in_cuda(self, only, monkeypatch):
        monkeypatch.setenv("TORCH_INDEX", "https://example.org/typo")
        message = ending_of(self.check, ["2.13.0"], 20e9, monkeypatch)
        assert "TORCH_INDEX=https://example.org/typo has no torch 2.13.0" in message

    def test_an_index_without_this_version(self, only, monkeypatch):
        assert "has no torch==2.13.0" in ending_of(self.check, ["2.12.0"], 20e9, monkeypatch)


class TestRegistry:
    @pytest.mark.parametrize(
        "reason",
        [
            "NewConnectionError('...: Failed to establish a new connection: [Errno 111] Connection refused')",
            "NameResolutionError(\"...: Failed to resolve 'pypi.org' ([Errno -2] Name or service not known)\")",
            "NewConnectionError('...: [Errno 8] nodename nor servname provided, or not known')",
            "ConnectTimeoutError('...', 'Connection to pypi.org timed out. (connect timeout=15)')",
            "ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 403 Forbidden'))",
            "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed'))",
        ],
    )
    def test_out_of_reach(self, reason):
        output = f"WARNING: Retrying (Retry(total=0)) after connection broken by '{reason}': /simple/pip/\n"
        output += "ERROR: No matching distribution found for pip==26.3\n"
        message = bootstrap.diagnose(output, str(ROOT))
        assert "The package index cannot be reached" in message
        assert all(word in message for word in ("online", "HTTPS_PROXY", "PIP_CERT", "PIP_INDEX_URL", "run this again"))

    def test_a_mirror_that_lags_behind_is_something_else(self):
        output = "Looking in indexes: https://mirror.example.org/simple\n"
        output += "ERROR: No matching distribution found for rich==15.0.0\n"
        message = bootstrap.diagnose(output, str(ROOT))
        assert "https://mirror.example.org/simple has no rich==15.0.0" in message
        assert "PIP_INDEX_URL=https://pypi.org/simple" in message

    def test_a_password_in_the_address_is_not_shown(self, monkeypatch):
        monkeypatch.setenv("PIP_INDEX_URL", "https://me:secret@mirror.example.org/simple")
        message = bootstrap.diagnose("ERROR: No matching distribution found for rich==15.0.0\n", str(ROOT))
        assert "https://mirror.example.org/simple" in message and "secret" not in message

    def test_a_connection_mended_on_the_way_is_not_blamed(self):
        output = "WARNING: Retrying (Retry(total=4)) after connection broken by 'ReadTimeoutError'\n"
        output += "ERROR: Failed to build installable wheels for some pyproject.toml based projects\n"
        message = bootstrap.diagnose(output, str(ROOT))
        assert "Failed to build" in message and "cannot be reached" not in message
        assert ".venv/course-setup.log" in message


def write_wheel(folder: Path, name: str, version: str, files: dict[str, str]) -> None:
    info = f"{name}-{version}.dist-info"
    files = files | {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},,\n" for path in [*files, f"{info}/RECORD"])
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        for path, text in (files | {f"{info}/RECORD": record}).items():
            wheel.writestr(path, text)


def make_venv(folder: Path) -> str:
    """Make an environment as an interrupted set-up leaves it, with the pip of this one; return pip's version.

    To make one with a pip of its own takes four seconds more.
    """
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    (folder / ".course-made").write_text(os.path.realpath(folder.parent))
    (site_packages,) = (folder / "lib").glob("python*/site-packages")
    pip = metadata.distribution("pip")
    for name in ("pip", f"pip-{pip.version}.dist-info"):
        (site_packages / name).symlink_to(str(pip.locate_file(name)))
    # What a killed pip leaves behind: metadata without a RECORD, which pip takes for a whole package.
    unfinished = site_packages / "tiny-1.0.dist-info"
    unfinished.mkdir()
    (unfinished / "METADATA").write_text("Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
    return pip.version


BACKEND = """
import zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "tiny_course-1.0-py3-none-any.whl"
    with zipfile.ZipFile(folder + "/" + name, "w") as wheel:
        info = "tiny_course-1.0.dist-info/"
        wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: tiny-course\\nVersion: 1.0\\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "RECORD", "")
    return name
"""
TINY_PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "tiny-course"
version = "1.0"
"""


@pytest.mark.timeout(120)
def test_from_an_unreachable_index_to_a_silent_second_run(tmp_path):
    """The way of a set-up that goes on, with packages of a few bytes instead of torch, and no network."""
    wheels, course = tmp_path / "wheels", tmp_path / "a course"
    wheels.mkdir()
    (course / "autograder").mkdir(parents=True)
    shutil.copy(SOURCE, course / "autograder")
    shutil.copytree(SOURCE.parent / "jupyter", course / "autograder" / "jupyter")
    (course / "backend.py").write_text(BACKEND)
    (course / "pyproject.toml").write_text(TINY_PROJECT)
    write_wheel(wheels, "tiny", "1.0", {"tiny.py": "answer = 42\n"})
    write_wheel(wheels, "torch", "2.0+cpu", {"torch.py": ""})
    pip = make_venv(course / ".venv")
    (course / "requirements.lock").write_text(f"# The packages\npip=={pip}\ntiny==1.0\ntorch==2.0\n")
    python = course / ".venv" / "bin" / "python"

    def set_up(**settings: str) -> subprocess.CompletedProcess[str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return subprocess.run(
            [sys.executable, "-I", str(course / "autograder" / "bootstrap.py")],
            env=kept | {"PIP_CONFIG_FILE": os.devnull} | settings,
            capture_output=True,
            text=True,
            check=False,
        )

    unreachable = set_up(PIP_INDEX_URL="http://me:secret@127.0.0.1:9/simple")
    assert unreachable.returncode == 1
    assert "The package index cannot be reached: http://127.0.0.1:9/simple" in unreachable.stderr
    assert "Connection refused" in unreachable.stderr
    assert "Traceback" not in unreachable.stderr and "secret" not in unreachable.stderr

    mended = set_up(PIP_NO_INDEX="1", PIP_FIND_LINKS=str(wheels))
    assert mended.returncode == 0, mended.stderr + (course / ".venv" / "course-setup.log").read_text()
    assert "Making" not in mended.stdout, "what was there is used"
    assert "The environment is ready" in mended.stdout
    show = "import tiny; from importlib.metadata import version as v; print(tiny.answer, v('torch'), v('tiny-course'))"
    assert subprocess.check_output([python, "-c", show], text=True) == "42 2.0+cpu 1.0\n"
    assert not (course / ".venv" / "download").exists()

    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        again = set_up(PIP_INDEX_URL="http://127.0.0.1:9/simple")
        seconds.append(time.perf_counter() - start)
        assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert min(seconds) < 0.2


def test_make_clean_keeps_work_and_environments_of_others(tmp_path):
    shutil.copy(ROOT / "Makefile", tmp_path)
    work = [
        "exercises/a1/a1.ipynb",
        "submitted/ada/a1/a1.ipynb",
        "gradebook.db",
        "feedback/ada/a1.html",
        ".venv/by-hand",
    ]
    caches = ["autograder/__pycache__/x.pyc", ".ruff_cache/x", "cv_interview_course.egg-info/PKG-INFO"]
    for name in [*work, *caches]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    subprocess.run(["make", "clean"], cwd=tmp_path, check=True, capture_output=True)
    assert [name for name in work if not (tmp_path / name).exists()] == []
    assert [name for name in caches if (tmp_path / name).exists()] == []
    (tmp_path / ".venv" / ".course-made").touch()
    subprocess.run(["make", "clean"], cwd=tmp_path, check=True, capture_output=True)
    assert not (tmp_path / ".venv").exists()


def test_only_make_setup_names_what_comes_next():
    says = {
        target: subprocess.run(
            ["make", "-n", "--no-print-directory", target], cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout
        for target in ("setup", "lab", "test")
    }
    assert [target for target, text in says.items() if "Next: source .venv/bin/activate" in text] == ["setup"]
    assert says["setup"].endswith('course next in a terminal."\n')


def test_make_help_explains_every_target_and_variable():
    output = subprocess.run(["make"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert [name for name in targets if name not in ("help", "setup") and f"make {name} " not in output] == []
    assert all(re.search(rf"^  {name} ", output, re.MULTILINE) for name in ("PYTHON", "TORCH_INDEX", "ARGS"))
