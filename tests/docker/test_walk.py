"""Following a build without running it."""

from autograder.docker import Project, rebuild

FILES = {
    "requirements.txt": b"torch\n",
    "app.py": b"1\n",
    "src/m.py": b"2\n",
    ".env": b"k\n",
    ".dockerignore": b".env\n",
}


def last(body: str, files=FILES):
    return Project(f"FROM python:3.12\n{body}\n", files).walk()[-1]


def problems(body: str) -> list[str]:
    return [finding.problem for finding in last(body).problems]


def test_copy_puts_files_where_docker_would():
    built = last(
        "WORKDIR /app\nCOPY app.py .\nCOPY src lib\nCOPY app.py src/m.py /srv/\nCOPY app.py main.py\nCOPY . all/"
    )
    assert built.files == {
        "/app/app.py": "app.py",
        "/app/lib/m.py": "src/m.py",
        "/srv/app.py": "app.py",
        "/srv/m.py": "src/m.py",
        "/app/main.py": "app.py",
        "/app/all/requirements.txt": "requirements.txt",
        "/app/all/app.py": "app.py",
        "/app/all/src/m.py": "src/m.py",
        "/app/all/.dockerignore": ".dockerignore",
    }


def test_a_run_sees_only_what_is_in_the_image():
    assert "not in the image yet" in problems("RUN pip install -r requirements.txt\nCOPY . .")[0]
    assert (
        "was copied to /tmp/requirements.txt"
        in problems("WORKDIR /app\nCOPY requirements.txt /tmp/\nRUN pip install -r requirements.txt")[0]
    )
    assert "neither" in problems("RUN python setup_all.py")[0]
    assert problems("RUN --mount=type=bind,source=requirements.txt,target=r.txt pip install -r r.txt") == []
    assert problems("COPY requirements.txt /tmp/\nRUN cd /tmp && pip install -r requirements.txt") == []
    assert problems("RUN pip freeze > all.txt\nRUN pip install -r all.txt") == []


def test_copy_of_what_is_not_there():
    assert "no setup.py" in problems("COPY setup.py .")[0]
    assert ".dockerignore" in problems("COPY .env .")[0]


def test_settings_are_inherited_from_a_stage():
    text = 'FROM python:3.12 AS a\nWORKDIR /app\nENV X=1\nUSER 7\nCMD ["x"]\nFROM a\nENTRYPOINT ["e"]\nFROM scratch\n'
    first, second, third = Project(text, {}).walk()
    assert (first.argv, second.argv, third.argv) == (("x",), ("e",), ())
    assert (second.workdir, second.user, second.variables) == ("/app", "7", {"X": "1"})
    assert (third.workdir, third.user, third.variables) == (None, None, {})


def test_copy_from_a_stage_knows_what_the_stage_made():
    text = "FROM python:3.12 AS a\nRUN python -m venv /opt/venv\nCOPY app.py /x/\nFROM scratch\nCOPY --from=a {} /y/\n"
    assert [Project(text.format(path), FILES).walk()[-1].problems for path in ("/opt/venv", "/x", "x/app.py")] == [
        []
    ] * 3
    missing = Project(text.format("/opt/conda"), FILES).walk()[-1].problems
    assert "Nothing in stage a makes /opt/conda" in missing[0].problem


def ran(before: str, after: str, **changed: bytes) -> list[int]:
    old = Project(before, FILES)
    new = Project(after, {**FILES, **{name.replace("_", "."): data for name, data in changed.items()}})
    return [number for number, step in enumerate(rebuild(old, new)) if not step.is_cached]


SIMPLE = 'FROM python:3.12\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nCMD ["x"]\n'


def test_the_cache_ends_at_the_first_step_that_differs():
    assert ran(SIMPLE, SIMPLE) == []
    assert ran(SIMPLE, SIMPLE, app_py=b"new") == [3, 4]
    assert ran(SIMPLE, SIMPLE, requirements_txt=b"new") == [1, 2, 3, 4]
    assert ran(SIMPLE, SIMPLE, _env=b"new") == []
    assert ran(SIMPLE, SIMPLE.replace("-r req", "-q -r req")) == [2, 3, 4]
    assert ran(SIMPLE, SIMPLE.replace("python:3.12", "python:3.13")) == [0, 1, 2, 3, 4]
    assert ran(SIMPLE, "# a comment\n" + SIMPLE) == []


def test_stages_are_cached_apart_and_unused_ones_left_out():
    text = "FROM a:1 AS x\nCOPY app.py .\nFROM b:1 AS unused\nCOPY . .\nFROM c:1\nRUN one\n"
    text += "COPY --from=x app.py .\nRUN two\n"
    assert ran(text, text, app_py=b"new") == [1, 4, 5]
    assert ran(text, text, requirements_txt=b"new") == []
