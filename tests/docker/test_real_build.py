"""The simulations against a real builder: same cache, same files, same PID 1."""

import shutil
import subprocess
from pathlib import Path

import pytest

from autograder.docker import Project, find_builder, flatten, read_image, rebuild
from autograder.docker.builder import Builder

pytestmark = pytest.mark.slow

BUSYBOX = shutil.which("busybox")
DOCKERFILE = """\
FROM scratch AS tools
COPY busybox /bin/busybox

FROM tools AS build
WORKDIR /build
COPY requirements.txt .
RUN ["/bin/busybox", "sh", "-c", "mkdir /venv && cp requirements.txt /venv/installed && echo x > /venv/gone"]

FROM tools
ENV KIND=demo
WORKDIR /app
COPY --from=build /venv /venv
COPY src ./
COPY app.py main.py
RUN ["/bin/busybox", "rm", "-r", "/venv/gone", "deep"]
ENTRYPOINT ["/bin/busybox"]
CMD echo hello
"""
FILES = {
    "requirements.txt": b"torch\n",
    "app.py": b"1\n",
    "src/a": b"2\n",
    "src/deep/b": b"3\n",
    "ignored": b"4\n",
    ".dockerignore": b"ignored\n",
}


def write(context: Path, dockerfile: str, files: dict[str, bytes]) -> None:
    shutil.rmtree(context, ignore_errors=True)
    for name, data in {**files, "Dockerfile": dockerfile.encode()}.items():
        (context / name).parent.mkdir(parents=True, exist_ok=True)
        (context / name).write_bytes(data)
    shutil.copy(BUSYBOX, context / "busybox")


@pytest.fixture(scope="module")
def builder(tmp_path_factory) -> Builder:
    if BUSYBOX is None:
        pytest.skip("needs a static busybox: apt install busybox-static")
    found = find_builder(tmp_path_factory.mktemp("storage"))
    if found is None or found.name != "buildah":
        pytest.skip("needs buildah, and the right to use it: apt install buildah")
    return found


@pytest.fixture(scope="module")
def built(builder, tmp_path_factory) -> Path:
    context = tmp_path_factory.mktemp("context")
    write(context, DOCKERFILE, FILES)
    result = builder.build(context, "demo")
    assert result.succeeded, result.log
    return context


# No edit here makes a stage run again with the same result: a real builder would find that out, the simulation not.
@pytest.mark.parametrize(
    ("dockerfile", "changed"),
    [
        (DOCKERFILE, {}),
        (DOCKERFILE, {"app.py": b"new\n"}),
        (DOCKERFILE, {"src/deep/b": b"new\n"}),
        (DOCKERFILE, {"requirements.txt": b"new\n"}),
        (DOCKERFILE, {"ignored": b"new\n"}),
        (DOCKERFILE.replace("KIND=demo", "KIND=other"), {}),
        (DOCKERFILE.replace("COPY src ./\nCOPY app.py main.py", "COPY app.py main.py\nCOPY src ./"), {}),
    ],
    ids=["nothing", "app", "folder", "requirements", "ignored", "env", "order"],
)
def test_the_cache(builder, built, dockerfile, changed):
    files = {**FILES, "busybox": Path(BUSYBOX).read_bytes()}
    simulated = rebuild(Project(DOCKERFILE, files), Project(dockerfile, {**files, **changed}))
    write(built, dockerfile, {**FILES, **changed})
    result = builder.build(built, "again")
    assert result.succeeded, result.log
    wanted = [(s.instruction.text[:50], s.is_cached) for s in simulated if s.instruction.keyword != "FROM"]
    real = [(s.text[:50], s.is_cached) for s in result.steps if not s.text.startswith("FROM")]
    assert real == wanted


def test_the_files_and_the_settings(builder, built, tmp_path):
    write(built, DOCKERFILE, FILES)
    builder.build(built, "files")
    builder.save("files", tmp_path / "layout")
    image = read_image(tmp_path / "layout")
    ours = {path for path, entry in flatten(image.layers).items() if entry.kind == "file"}
    program = builder._program()
    name = subprocess.run([*program, "from", "files"], capture_output=True, text=True, check=True).stdout.strip()
    mounted = subprocess.run([*program, "mount", name], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"needs the right to mount: {mounted.stderr.strip()}")
    root = Path(mounted.stdout.strip())
    assert ours == {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    walked = Project(DOCKERFILE, {**FILES, "busybox": b""}).walk()[-1]
    assert {path.lstrip("/") for path in walked.files} - {"app/deep/b"} <= ours  # what a RUN removes is not followed
    settings = image.config["config"]
    assert tuple(settings["Entrypoint"] + settings["Cmd"]) == walked.argv
    assert settings["WorkingDir"] == walked.workdir
    assert "KIND=demo" in settings["Env"]


def test_what_the_walk_calls_unbuildable_does_not_build(builder, tmp_path):
    early = 'FROM scratch\nCOPY busybox /bin/sh\nWORKDIR /app\nRUN ["/bin/sh", "run.sh"]\nCOPY run.sh .\n'
    late = 'FROM scratch\nCOPY busybox /bin/sh\nWORKDIR /app\nCOPY run.sh .\nRUN ["/bin/sh", "run.sh"]\n'
    for text, is_right in ((early, False), (late, True)):
        write(tmp_path / "context", text, {"run.sh": b"true\n"})
        assert builder.build(tmp_path / "context", "order").succeeded is is_right
        problems = Project(text, {"run.sh": b"true\n", "busybox": b""}).walk()[-1].problems
        assert [finding.where for finding in problems] == ([] if is_right else ["line 4"])


def test_the_history_names_the_instructions(builder, built, tmp_path):
    write(built, DOCKERFILE, FILES)
    builder.build(built, "history")
    builder.save("history", tmp_path / "layout")
    image = read_image(tmp_path / "layout")
    assert len(image.layers) == 5
    assert "rm" in image.layers[-1].made_by
    assert "COPY" in image.layers[-2].made_by
