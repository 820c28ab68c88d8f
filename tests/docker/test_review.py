"""Each rule on a file that keeps it and on one that breaks it."""

from functools import partial

import pytest

from autograder.docker import Project, review
from autograder.docker.grading import require_dockerfile
from autograder.expect import Mismatch

FILES = {"requirements.txt": b"torch\n", "app.py": b"1\n", ".env": b"k\n"}
GOOD = """\
FROM python:3.12-bookworm AS build
RUN python -m venv /opt/venv
COPY requirements.txt /tmp/
RUN /opt/venv/bin/pip install -r /tmp/requirements.txt

FROM python:3.12-slim-bookworm
RUN apt-get update && apt-get install -y libgomp1 && rm -rf /var/lib/apt/lists/*
ENV PATH=/opt/venv/bin:$PATH
WORKDIR /app
COPY --from=build /opt/venv /opt/venv
COPY app.py ./
USER 10001
CMD ["python", "app.py"]
"""
RULES = {
    "builds": review.builds,
    "pins": review.pins_its_base,
    "python": review.starts_from_python,
    "wheels": review.has_wheels_of_torch,
    "works_in": partial(review.works_in, folder="/app"),
    "ships": partial(review.ships, folder="/app", files=["app.py"]),
    "ships_none": partial(review.ships_none_of, files=[".env"]),
    "installs": partial(review.installs, requirements="requirements.txt"),
    "cached": partial(review.keeps_packages_cached, changed="app.py"),
    "starts": partial(review.starts, programs=[["python", "app.py"]]),
    "number": review.runs_as_a_number,
    "not_root": review.is_not_root,
    "driver": review.carries_no_driver,
    "tools": review.ships_no_build_tools,
    "clean": review.cleans_up,
    "environment": partial(review.takes_environment, folder="/opt/venv", requirements="requirements.txt"),
    "finds_python": partial(review.finds_python, folder="/opt/venv"),
}
BROKEN = [
    ("builds", "COPY requirements.txt /tmp/\n", "", "line 3"),
    ("pins", "python:3.12-slim-bookworm", "python:slim", "line 6"),
    ("pins", "python:3.12-slim-bookworm", "debian", "line 6"),
    ("python", "python:3.12-slim-bookworm", "debian:12", "line 6"),
    ("wheels", "3.12-slim-bookworm", "3.12-alpine", "line 6"),
    ("works_in", "WORKDIR /app\n", "", "line 10"),
    ("works_in", "WORKDIR /app", "WORKDIR /srv", "line 9"),
    ("ships", "COPY app.py ./", "COPY app.py /", "line 11"),
    ("ships", "COPY app.py ./", "EXPOSE 80", ""),
    ("ships_none", "COPY app.py", "COPY .env app.py", "line 11"),
    ("installs", "-r /tmp/requirements.txt", "torch", ""),
    ("cached", "COPY requirements.txt /tmp/", "COPY . /tmp/", "line 4"),
    ("starts", '["python", "app.py"]', "python app.py", "line 13"),
    ("starts", '["python", "app.py"]', "['python', 'app.py']", "line 13"),
    ("starts", '["python", "app.py"]', '["python"]', "line 13"),
    ("starts", 'CMD ["python", "app.py"]', "EXPOSE 80", ""),
    ("number", "USER 10001", "USER api", "line 12"),
    ("number", "USER 10001", "USER 0:0", "line 12"),
    ("number", "USER 10001\n", "", ""),
    ("not_root", "USER 10001", "USER root", "line 12"),
    ("not_root", "USER 10001\n", "", ""),
    ("driver", "libgomp1", "nvidia-driver-550", "line 7"),
    ("driver", "libgomp1", "cuda", "line 7"),
    ("tools", "libgomp1", "gcc=4:12", "line 7"),
    ("tools", "python:3.12-slim-bookworm", "nvidia/cuda:12.4.1-devel-ubuntu22.04", "line 6"),
    ("clean", " && rm -rf /var/lib/apt/lists/*", "", "line 7"),
    ("clean", "apt-get update && ", "", "line 7"),
    ("clean", "COPY app.py ./", "RUN pip install x", "line 11"),
    ("environment", "RUN /opt/venv/bin/pip", "RUN pip", "line 4"),
    ("environment", "COPY --from=build /opt/venv /opt/venv\n", "", ""),
    ("environment", "3.12-slim-bookworm", "3.13-slim-bookworm", "line 6"),
    ("environment", "python:3.12-slim-bookworm", "debian:12", "line 6"),
    ("finds_python", "ENV PATH=/opt/venv/bin:$PATH\n", "", ""),
]


def test_a_good_file_breaks_no_rule():
    project = Project(GOOD, FILES)
    assert [str(finding) for rule in RULES.values() for finding in rule(project)] == []


@pytest.mark.parametrize(("rule", "text", "instead", "where"), BROKEN)
def test_a_broken_rule_is_found_on_its_line(rule, text, instead, where):
    assert text in GOOD
    found = list(RULES[rule](Project(GOOD.replace(text, instead), FILES)))
    assert found, "the rule found nothing"
    assert found[0].where == where
    assert found[0].problem.endswith(".") and found[0].mend


@pytest.mark.parametrize(
    ("rule", "text", "instead", "problem", "mend"),
    [
        ("starts", '["python", "app.py"]', "exec python app.py", "a shell has to be there", 'CMD ["python", "app.py"]'),
        ("starts", '["python", "app.py"]', "cd /app && python app.py", "/bin/sh PID 1", 'CMD ["python", "app.py"]'),
        ("starts", '["python", "app.py"]', "exec", "a shell has to be there", 'CMD ["python", "app.py"]'),
        ("python", "python:3.12-slim-bookworm", "python:3-slim", "two numbers", "name two numbers"),
        ("python", "python:3.12-slim-bookworm", "nvidia/cuda:12.4.1-base", "not an official", "start from python"),
    ],
)
def test_the_mend_fits_the_mistake(rule, text, instead, problem, mend):
    (found,) = RULES[rule](Project(GOOD.replace(text, instead), FILES))
    assert problem in found.problem and mend in found.mend


def test_a_file_of_a_folder_is_copied_to_that_folder():
    project = Project(GOOD, {**FILES, "weights/model.onnx": b"1"})
    (found,) = review.ships(project, "/app", ["weights/model.onnx"])
    assert found.mend == "COPY weights/model.onnx /app/weights/"


def test_a_digest_may_follow_the_version():
    text = GOOD.replace("slim-bookworm", f"slim-bookworm@sha256:{'0a' * 32}")
    assert list(review.starts_from_python(Project(text, FILES))) == []


def test_a_comment_is_no_instruction():
    text = GOOD.replace("COPY app.py", "# COPY .env\nCOPY app.py") + "# USER root\n"
    assert [finding for rule in RULES.values() for finding in rule(Project(text, FILES))] == []


def test_the_learner_is_told_line_and_mend():
    with pytest.raises(Mismatch) as caught:
        require_dockerfile(
            "mine()", GOOD.replace("USER 10001", "USER 0"), FILES, review.builds, review.runs_as_a_number
        )
    assert "got       line 12: USER 0" in str(caught.value)
    assert "expected  write USER 10001" in str(caught.value)
    assert "cause     The program runs as root." in str(caught.value)
    with pytest.raises(Mismatch, match="no instruction"):
        require_dockerfile("mine()", "FROM x\nHELLO world", FILES, review.builds)
