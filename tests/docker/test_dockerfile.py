"""The parser: what Docker takes for what."""

import pytest

from autograder.docker import Project
from autograder.docker.dockerfile import DockerfileError, commands, expand, parse_dockerfile


def only_stage(body: str):
    return parse_dockerfile(f"FROM scratch\n{body}\n").stages[0].instructions


def test_lines_flags_and_forms():
    copy, run, cmd = only_stage(
        'COPY --from=build --chown=1:1 a b\n# a comment\nRUN one \\\n  && two\ncmd ["python", "app.py"]'
    )
    assert (copy.keyword, copy.line, copy.flags, copy.value) == (
        "COPY",
        2,
        (("from", "build"), ("chown", "1:1")),
        "a b",
    )
    assert (run.line, commands(run)) == (4, [["one"], ["two"]])
    assert (cmd.keyword, cmd.argv) == ("CMD", ("python", "app.py"))


def test_what_is_no_json_is_shell_text():
    (cmd,) = only_stage("CMD ['python', 'app.py']")
    assert not cmd.is_exec_form
    assert cmd.argv == ("/bin/sh", "-c", "['python', 'app.py']")


def test_stages_have_names_numbers_and_expanded_bases():
    parsed = parse_dockerfile("ARG V=3.12\nFROM python:${V}-slim AS Build\nFROM build\n")
    assert [stage.base for stage in parsed.stages] == ["python:3.12-slim", "build"]
    assert (parsed.index("BUILD"), parsed.index("0"), parsed.index("1"), parsed.index("python")) == (0, 0, 1, None)


def test_commands_are_split_at_operators_but_not_in_quotes():
    (run,) = only_stage("""RUN set -e; echo "a && b" | tee x && pip install 'torch>=2'""")
    assert commands(run) == [["set", "-e"], ["echo", "a && b"], ["tee", "x"], ["pip", "install", "torch>=2"]]


@pytest.mark.parametrize(
    ("text", "value"), [("$A-${B}", "1-"), ("${B:-x}${A:-x}", "x1"), ("${A:+y}${B:+y}", "y"), ("$$", "$$")]
)
def test_variables(text, value):
    assert expand(text, {"A": "1"}) == value


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("", "", "no FROM"),
        ("# FROM python\n", "", "no FROM"),
        ("RUN true\nFROM scratch\n", "line 1", "before the first FROM"),
        ("FROM scratch\nINSTALL pip\n", "line 2", "no instruction"),
        ("FROM scratch\nWORKDIR\n", "line 2", "Nothing follows"),
        ("FROM scratch\nRUN a &&\\\n", "line 2", "middle of an instruction"),
        ("FROM scratch\nRUN <<EOF\necho\nEOF\n", "line 2", "heredoc"),
        ("FROM a b c d\n", "line 1", "FROM takes an image"),
    ],
)
def test_mistakes_name_their_line(text, where, words):
    with pytest.raises(DockerfileError) as caught:
        parse_dockerfile(text)
    assert caught.value.finding.where == where
    assert words in str(caught.value) and "Mend: " in str(caught.value)


def test_an_open_quotation_mark_is_named():
    (run,) = only_stage("RUN echo 'a")
    with pytest.raises(DockerfileError, match="quotation mark"):
        commands(run)
    with pytest.raises(DockerfileError, match="line 2: ENV .*quotation mark"):
        Project("FROM scratch\nENV A='b\n", {}).walk()
