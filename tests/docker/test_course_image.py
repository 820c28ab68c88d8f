"""The project's own docker/, judged by the rules that judge learners; and the lesson's copy of it."""

import subprocess
from functools import partial
from pathlib import Path

import pytest

from autograder.docker import Project, parse_compose, review

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def project() -> Project:
    done = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("git cannot list the files of the checkout")
    names = done.stdout.splitlines()
    files = {name: b"" for name in names if (ROOT / name).is_file()}
    files[".dockerignore"] = (ROOT / "docker" / "Dockerfile.dockerignore").read_bytes()
    return Project((ROOT / "docker" / "Dockerfile").read_text(encoding="utf-8"), files)


@pytest.mark.parametrize("target", ["cpu", "gpu"])
@pytest.mark.parametrize(
    "rule",
    [
        review.builds,
        review.pins_its_base,
        review.starts_from_python,
        review.has_wheels_of_torch,
        review.runs_as_a_number,
        review.carries_no_driver,
        review.ships_no_build_tools,
        review.cleans_up,
        partial(review.works_in, folder="/course"),
        partial(review.installs, requirements="requirements.lock"),
        partial(review.takes_environment, folder="/opt/venv", requirements="requirements.lock"),
        partial(review.finds_python, folder="/opt/venv"),
        partial(review.keeps_packages_cached, changed="course/curriculum.toml"),
        partial(review.keeps_packages_cached, changed="autograder/figures.py"),
        partial(review.keeps_packages_cached, changed="README.md"),
        partial(review.ships, folder="/course", files=["autograder/figures.py", "exercises/START_HERE.ipynb"]),
        partial(review.ships_none_of, files=[".github/workflows/course.yml", "docker/Dockerfile"]),
    ],
    ids=lambda rule: getattr(rule, "func", rule).__name__,
)
def test_the_dockerfile_keeps_every_rule(project, rule, target):
    assert [str(finding) for finding in rule(project, target=target)] == []


@pytest.mark.parametrize("target", ["cpu", "gpu"])
def test_jupyterlab_is_process_one(project, target):
    assert project.walk(target)[-1].argv[:3] == ("python", "-m", "jupyterlab")


def test_the_default_target_needs_no_gpu(project):
    assert project.walk()[-1].stage.name == "cpu"


def test_the_compose_file():
    compose = parse_compose((ROOT / "docker" / "compose.yaml").read_text(encoding="utf-8"))
    assert compose.gpu_requests("course") == []
    (request,) = compose.gpu_requests("course-gpu")
    assert (request.driver, request.count, request.is_gpu) == ("nvidia", None, True)
    for service, target in (("course", "cpu"), ("course-gpu", "gpu")):
        assert compose.service(service)["build"]["target"] == target
        assert compose.service(service)["init"] is True
        assert [(mount.source, mount.target) for mount in compose.mounts(service)] == [
            ("../exercises", "/course/exercises")
        ]
        assert [(port.published, port.target) for port in compose.ports(service)] == [("8888", "8888")]


def test_the_lesson_shows_this_very_file():
    copy = ROOT / "course" / "e4_docker_gpu" / "data" / "course" / "Dockerfile"
    assert copy.read_bytes() == (ROOT / "docker" / "Dockerfile").read_bytes()
