"""A Dockerfile as stages of instructions, each with its line; parsed by dockerfile-parse."""

from __future__ import annotations

import io
import json
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from dockerfile_parse import DockerfileParser  # type: ignore[import-untyped]

from autograder.docker.findings import Finding

KEYWORDS = frozenset(
    [
        "ADD",
        "ARG",
        "CMD",
        "COPY",
        "ENTRYPOINT",
        "ENV",
        "EXPOSE",
        "FROM",
        "HEALTHCHECK",
        "LABEL",
        "MAINTAINER",
        "ONBUILD",
        "RUN",
        "SHELL",
        "STOPSIGNAL",
        "USER",
        "VOLUME",
        "WORKDIR",
    ]
)
SHELL = ("/bin/sh", "-c")

_FLAG = re.compile(r"--([a-z][a-z-]*)(?:=(\S*))?(?:\s+|$)")
_VARIABLE = re.compile(r"\$(?:(\w+)|\{(\w+)(?::([-+])([^}]*))?\})")
_HEREDOC = re.compile(r"<<-?[\"']?\w")
_OPERATORS = {"&&", "||", ";", "|", "&", "(", ")"}
_MOST_SHOWN = 76


class DockerfileError(ValueError):
    """A text that is no Dockerfile, or none that is understood here."""

    def __init__(self, finding: Finding):
        self.finding = finding
        super().__init__(str(finding))


@dataclass(frozen=True)
class Instruction:
    """One instruction.

    Attributes:
        keyword: in capitals.
        value: what follows the keyword and its flags; variables are not expanded.
        line: the line on which it begins, from 1.
        flags: names and values of ``--name=value``, in order.
        words: the words of the exec form (a JSON list), None for the shell form.
    """

    keyword: str
    value: str
    line: int
    flags: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] | None = None

    @property
    def is_exec_form(self) -> bool:
        """Whether the value is a JSON list of strings."""
        return self.words is not None

    @property
    def text(self) -> str:
        """The instruction on one line, shortened if it is long."""
        flags = "".join(f"--{name}={value} " if value else f"--{name} " for name, value in self.flags)
        text = f"{self.keyword} {flags}{self.value}"
        return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}..."

    @property
    def argv(self) -> tuple[str, ...]:
        """What is started for CMD, ENTRYPOINT or RUN: the words themselves, or a shell with the text."""
        return self.words if self.words is not None else (*SHELL, self.value)

    def flag(self, name: str) -> str | None:
        """Return the value of the last ``--name=...``, None if there is none."""
        return next((value for flag, value in reversed(self.flags) if flag == name), None)

    def mounts(self) -> list[dict[str, str]]:
        """Return each ``--mount`` of a RUN as a dictionary of its settings."""
        texts = [value for flag, value in self.flags if flag == "mount"]
        return [
            {key: value for key, _, value in (part.partition("=") for part in text.split(",")) if key} for text in texts
        ]

    def finding(self, problem: str, mend: str) -> Finding:
        """Return a finding about this instruction."""
        return Finding(f"line {self.line}", self.text, problem, mend)


@dataclass(frozen=True)
class Stage:
    """What begins with one FROM.

    Attributes:
        start: the FROM.
        base: image or earlier stage, as written.
        name: what stands behind AS, in small letters; "" without one.
        instructions: those after the FROM.
    """

    start: Instruction
    base: str
    name: str
    instructions: tuple[Instruction, ...]


@dataclass(frozen=True)
class Dockerfile:
    """A whole Dockerfile.

    Attributes:
        arguments: defaults of the ARGs before the first FROM.
        stages: at least one.
    """

    arguments: Mapping[str, str]
    stages: tuple[Stage, ...]

    def index(self, name: str) -> int | None:
        """Return the index of the stage that a FROM or ``--from`` means, None if it is an image."""
        for index, stage in enumerate(self.stages):
            if name.lower() in (stage.name, str(index)) and name:
                return index
        return None


def parse_dockerfile(text: str) -> Dockerfile:
    """Parse a Dockerfile.

    Raises:
        DockerfileError: if it has no FROM, or an instruction that Docker does not know, or one that is not
            understood here (a heredoc, an ONBUILD).
    """
    instructions = _instructions(text)
    if not any(instruction.keyword == "FROM" for instruction in instructions):
        raise DockerfileError(Finding("", "", "There is no FROM: an image begins with a base.", "begin with FROM ..."))
    arguments: dict[str, str] = {}
    stages: list[tuple[Instruction, list[Instruction]]] = []
    for instruction in instructions:
        if instruction.keyword == "FROM":
            stages.append((instruction, []))
        elif stages:
            stages[-1][1].append(instruction)
        elif instruction.keyword == "ARG":
            arguments.update(pairs(instruction, arguments))
        else:
            raise DockerfileError(
                instruction.finding("Only ARG may stand before the first FROM.", "move it below a FROM.")
            )
    return Dockerfile(arguments, tuple(_stage(start, inside, arguments) for start, inside in stages))


def expand(text: str, variables: Mapping[str, str]) -> str:
    """Replace ``$NAME``, ``${NAME}``, ``${NAME:-default}`` and ``${NAME:+other}``; unknown names become nothing."""

    def value(match: re.Match[str]) -> str:
        known = variables.get(match[1] or match[2], "")
        if match[3] == "-":
            return known or match[4]
        return (match[4] if known else "") if match[3] == "+" else known

    return _VARIABLE.sub(value, text)


def pairs(instruction: Instruction, variables: Mapping[str, str]) -> dict[str, str]:
    """Return names and values of an ENV or ARG; ``ENV NAME value`` is understood too, ``ARG NAME`` gives "".

    Raises:
        DockerfileError: if a quotation mark is not closed.
    """
    try:
        words = shlex.split(expand(instruction.value, variables))
    except ValueError:
        raise _open_quotation(instruction) from None
    if len(words) > 1 and "=" not in words[0]:
        return {words[0]: " ".join(words[1:])}
    return {name: value for name, _, value in (word.partition("=") for word in words)}


def commands(instruction: Instruction, variables: Mapping[str, str] | None = None) -> list[list[str]]:
    """Return the simple commands of a RUN, each as its words: ``a b && c`` gives [[a, b], [c]].

    Args:
        instruction: a RUN.
        variables: what to put for ``$NAME``; without them the names stay.
    """
    if instruction.words is not None and instruction.words[1:2] != ("-c",):
        return [list(instruction.words)]
    text = instruction.value if instruction.words is None else instruction.words[2]
    lexer = shlex.shlex(expand(text, variables) if variables is not None else text, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    found: list[list[str]] = [[]]
    try:
        for word in lexer:
            if word in _OPERATORS:
                found.append([])
            else:
                found[-1].append(word)
    except ValueError:
        raise _open_quotation(instruction) from None
    return [command for command in found if command]


def _open_quotation(instruction: Instruction) -> DockerfileError:
    return DockerfileError(instruction.finding("A quotation mark is not closed.", "close it on the same line."))


def _instructions(text: str) -> list[Instruction]:
    raw = DockerfileParser(fileobj=io.BytesIO(text.encode())).structure
    covered = {line for entry in raw for line in range(entry["startline"], entry["endline"] + 1)}
    for number, line in enumerate(text.splitlines()):
        if line.strip() and number not in covered:
            raise DockerfileError(_lonely(number + 1, line.strip()))
    return [_instruction(entry) for entry in raw if entry["instruction"] != "COMMENT"]


def _lonely(line: int, text: str) -> Finding:
    where = f"line {line}"
    if text.endswith("\\"):
        return Finding(where, text, "The file ends in the middle of an instruction.", "remove the last backslash.")
    if text.split()[0].upper() in KEYWORDS:
        return Finding(where, text, "Nothing follows the instruction.", "give it an argument.")
    return _unknown(where, text)


def _unknown(where: str, text: str) -> Finding:
    return Finding(
        where,
        text,
        f"{text.split()[0]} is no instruction of a Dockerfile.",
        "begin the line with an instruction, or end the line before it with a backslash.",
    )


def _instruction(entry: Mapping[str, object]) -> Instruction:
    keyword, value = str(entry["instruction"]), str(entry["value"]).strip()
    line = int(str(entry["startline"])) + 1
    if keyword not in KEYWORDS:
        raise DockerfileError(_unknown(f"line {line}", f"{keyword} {value}".strip()))
    if not value:
        raise DockerfileError(_lonely(line, keyword))
    flags = []
    if keyword in {"ADD", "COPY", "FROM", "HEALTHCHECK", "RUN"}:
        while match := _FLAG.match(value):
            flags.append((match[1], match[2] or ""))
            value = value[match.end() :]
    made = Instruction(keyword, value, line, tuple(flags), _json_words(value))
    if keyword == "ONBUILD" or (keyword in {"RUN", "COPY", "ADD"} and _HEREDOC.search(value)):
        what = "ONBUILD is" if keyword == "ONBUILD" else "A heredoc (<<) is"
        raise DockerfileError(made.finding(f"{what} not understood here.", "write it without: join commands with &&."))
    return made


def _json_words(value: str) -> tuple[str, ...] | None:
    """Return the words of an exec form; like Docker, take whatever is no JSON list of strings for shell text."""
    if not value.startswith("["):
        return None
    try:
        words = json.loads(value)
    except json.JSONDecodeError:
        return None
    return tuple(words) if isinstance(words, list) and all(isinstance(word, str) for word in words) else None


def _stage(start: Instruction, inside: list[Instruction], arguments: Mapping[str, str]) -> Stage:
    words = expand(start.value, arguments).split()
    if len(words) == 1:
        return Stage(start, words[0], "", tuple(inside))
    if len(words) == 3 and words[1].upper() == "AS":
        return Stage(start, words[0], words[2].lower(), tuple(inside))
    raise DockerfileError(
        start.finding("FROM takes an image, and AS with a name if you like.", "write FROM image AS name.")
    )
