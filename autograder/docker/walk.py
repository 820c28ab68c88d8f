"""Walk through a Dockerfile as a build would, without running anything.

What a build knows of files is what COPY put somewhere; what a RUN makes is known only where its commands say so
(``python -m venv /opt/venv``, ``mkdir -p /srv``). The walk keeps, for every stage, the files and folders, the
settings, and each step with what it read.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from posixpath import basename, isabs, join, normpath

from autograder.docker.context import meant, visible
from autograder.docker.dockerfile import Dockerfile, Instruction, Stage, commands, expand, pairs, parse_dockerfile
from autograder.docker.findings import Finding


@dataclass(frozen=True)
class Step:
    """One instruction as the build meets it.

    Attributes:
        instruction: the instruction; its FROM is the first step of a stage.
        text: keyword, flags and value with variables expanded: what the cache compares.
        reads: files of the context that it reads, through COPY, ADD or a bind mount.
        stages: indexes of earlier stages that it reads.
        workdir: the working directory at that point; None where only the base image knows it.
        variables: ENV and ARG at that point.
    """

    instruction: Instruction
    text: str
    reads: frozenset[str] = frozenset()
    stages: frozenset[int] = frozenset()
    workdir: str | None = None
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def commands(self) -> list[list[str]]:
        """The simple commands of a RUN, variables expanded; none for other steps."""
        return commands(self.instruction, self.variables) if self.instruction.keyword == "RUN" else []


@dataclass
class Built:
    """A stage after its last instruction.

    Attributes:
        stage: the stage.
        image: the base image; for a stage that goes on from another, that one's.
        steps: its steps, the FROM first.
        files: absolute path -> path in the context, "" for a file that did not come from there.
        folders: folders that WORKDIR or a command made.
        filled: folders whose contents are not known, such as a virtual environment.
        workdir: the working directory; None where only the base image knows it.
        variables: ENV, and ARG for what is left of the stage.
        user: the value of the last USER; None where only the base image knows it.
        user_step: that USER.
        entrypoint: the last ENTRYPOINT, None without one.
        command: the last CMD, None without one.
        problems: what would break the build.
    """

    stage: Stage
    image: str
    steps: list[Step] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    filled: set[str] = field(default_factory=set)
    workdir: str | None = None
    variables: dict[str, str] = field(default_factory=dict)
    user: str | None = None
    user_step: Instruction | None = None
    entrypoint: Instruction | None = None
    command: Instruction | None = None
    problems: list[Finding] = field(default_factory=list)

    @property
    def argv(self) -> tuple[str, ...]:
        """What a container starts as PID 1 without arguments: ENTRYPOINT, then CMD."""
        return tuple(word for part in (self.entrypoint, self.command) if part is not None for word in part.argv)

    def is_folder(self, path: str) -> bool:
        """Return whether ``path`` is known to be a folder."""
        inside = path.rstrip("/") + "/"
        known = {"/", *self.folders, *self.filled}
        return path in known or any(file.startswith(inside) for file in self.files)

    def has(self, path: str) -> bool:
        """Return whether ``path`` is a file or a folder that is known, or lies in a folder of unknown contents."""
        parents = {str(parent) for parent in PurePosixPath(path).parents}
        return path in self.files or self.is_folder(path) or bool(parents & self.filled)

    def absolute(self, path: str) -> str:
        """Return ``path`` from the root on, seen from the working directory."""
        return normpath(path if isabs(path) else join(self.workdir or "/", path))


@dataclass(frozen=True)
class Project:
    """A Dockerfile and the files beside it.

    Attributes:
        dockerfile: its text.
        files: contents of the build context by path, ``.dockerignore`` among them if there is one.
    """

    dockerfile: str
    files: Mapping[str, bytes]

    def walk(self, target: str = "") -> list[Built]:
        """Return every stage up to the target, in order; the last one is what the build delivers.

        Args:
            target: name of the stage to build, as in ``docker build --target``; "" for the last one.

        Raises:
            autograder.docker.dockerfile.DockerfileError: if the text is no Dockerfile.
            KeyError: if there is no stage called ``target``.
        """
        parsed = parse_dockerfile(self.dockerfile)
        last = len(parsed.stages) - 1
        if target:
            found = parsed.index(target)
            if found is None:
                raise KeyError(target)
            last = found
        context = visible(self.files)
        built: list[Built] = []
        for stage in parsed.stages[: last + 1]:
            built.append(_walk_stage(stage, parsed, built, context))
        return built


def needed(built: list[Built]) -> list[int]:
    """Return the indexes of the stages that the last one is made from, itself included, in order."""
    wanted, todo = set[int](), [len(built) - 1]
    while todo:
        index = todo.pop()
        if index not in wanted:
            wanted.add(index)
            todo += [other for step in built[index].steps for other in step.stages]
    return sorted(wanted)


def _walk_stage(stage: Stage, parsed: Dockerfile, earlier: list[Built], context: Mapping[str, bytes]) -> Built:
    number = parsed.index(stage.base)
    parent = earlier[number] if number is not None and number < len(earlier) else None
    if parent is None:
        built = Built(stage, stage.base)
    else:
        built = Built(
            stage,
            parent.image,
            files=dict(parent.files),
            folders=set(parent.folders),
            filled=set(parent.filled),
            workdir=parent.workdir,
            variables=dict(parent.variables),
            user=parent.user,
            user_step=parent.user_step,
            entrypoint=parent.entrypoint,
            command=parent.command,
        )
    stages = frozenset() if number is None or parent is None else frozenset({number})
    built.steps.append(Step(stage.start, f"FROM {stage.base}", stages=stages, workdir=built.workdir))
    for instruction in stage.instructions:
        built.steps.append(_take(instruction, built, parsed, earlier, context))
    return built


def _take(
    instruction: Instruction, built: Built, parsed: Dockerfile, earlier: list[Built], context: Mapping[str, bytes]
) -> Step:
    """Let one instruction change the stage, and return it as a step."""
    value = expand(instruction.value, built.variables)
    flags = "".join(f"--{name}={expand(text, built.variables)} " for name, text in instruction.flags)
    reads: set[str] = set()
    stages: set[int] = set()
    workdir, variables = built.workdir, dict(built.variables)
    match instruction.keyword:
        case "WORKDIR":
            built.workdir = built.absolute(value.strip("\"'"))
            built.folders.add(built.workdir)
        case "ENV":
            built.variables.update(pairs(instruction, built.variables))
        case "ARG":
            given = pairs(instruction, built.variables)
            built.variables.update({name: text or parsed.arguments.get(name, "") for name, text in given.items()})
        case "USER":
            built.user, built.user_step = value, instruction
        case "ENTRYPOINT":
            # An ENTRYPOINT resets the CMD that the base brought; one of this stage stays, wherever it stands.
            if built.command not in built.stage.instructions:
                built.command = None
            built.entrypoint = instruction
        case "CMD":
            built.command = instruction
        case "COPY" | "ADD":
            reads, stages = _copy(instruction, built, parsed, earlier, context)
        case "RUN":
            reads, stages = _run(instruction, built, parsed, earlier, context)
    text = f"{instruction.keyword} {flags}{value}"
    return Step(instruction, text, frozenset(reads), frozenset(stages), workdir, variables)


def _copy(
    instruction: Instruction, built: Built, parsed: Dockerfile, earlier: list[Built], context: Mapping[str, bytes]
) -> tuple[set[str], set[int]]:
    words = list(instruction.words or _split(expand(instruction.value, built.variables)))
    if len(words) < 2:
        built.problems.append(
            instruction.finding(
                f"{instruction.keyword} needs a source and a destination.", "write both: COPY app.py ./"
            )
        )
        return set(), set()
    *sources, target = words
    folder = built.absolute(target)
    into_folder = target.endswith(("/", "/.")) or target == "." or len(sources) > 1 or built.is_folder(folder)
    origin = instruction.flag("from")
    if origin is None:
        return _copy_from_context(instruction, built, context, sources, folder, into_folder), set()
    number = parsed.index(expand(origin, built.variables))
    if number is None:  # another image: what it holds is not known
        built.filled.add(folder)
        return set(), set()
    if number >= len(earlier):
        built.problems.append(
            instruction.finding(f"--from={origin} names a stage that comes later.", "copy from an earlier stage only.")
        )
        return set(), set()
    for source in sources:
        _copy_from_stage(instruction, built, earlier[number], source, folder, into_folder)
    return set(), {number}


def _copy_from_context(
    instruction: Instruction,
    built: Built,
    context: Mapping[str, bytes],
    sources: list[str],
    folder: str,
    into_folder: bool,
) -> set[str]:
    reads: set[str] = set()
    for source in sources:
        if source.startswith(("http://", "https://", "git@")):
            continue
        found = meant(source, context)
        if not found:
            built.problems.append(
                instruction.finding(
                    f"The build context has no {source}: it is not there, or .dockerignore keeps it out.",
                    "name a file that the context has, relative to the context.",
                )
            )
        is_one_file = normpath(source) in context
        for path, below in found.items():
            built.files[folder if is_one_file and not into_folder else join(folder, below)] = path
        reads |= set(found)
    return reads


def _copy_from_stage(
    instruction: Instruction, built: Built, origin: Built, source: str, folder: str, into_folder: bool
) -> None:
    path = normpath(join("/", source))  # a relative source starts at the root of that stage
    found = meant(path, [file.lstrip("/") for file in origin.files])
    if not found and not origin.has(path):
        built.problems.append(
            instruction.finding(
                f"Nothing in stage {origin.stage.name or origin.stage.base} makes {path}.",
                "copy a path that this stage has made; paths there start at its root.",
            )
        )
    for file, below in found.items():
        origin_of_file = origin.files["/" + file]
        is_one_file = path == "/" + file
        built.files[folder if is_one_file and not into_folder else join(folder, below)] = origin_of_file
    if path not in origin.files:
        built.folders.add(folder)
        inside = path.rstrip("/") + "/"
        built.filled |= {folder + name[len(path) :] for name in origin.filled if f"{name}/".startswith(inside)}


def _run(
    instruction: Instruction, built: Built, parsed: Dockerfile, earlier: list[Built], context: Mapping[str, bytes]
) -> tuple[set[str], set[int]]:
    reads: set[str] = set()
    stages: set[int] = set()
    mounted: dict[str, str] = {}
    for mount in instruction.mounts():
        if mount.get("type", "bind") != "bind":
            continue
        target = mount.get("target") or mount.get("dst") or mount.get("destination") or ""
        source = mount.get("source") or mount.get("src") or "."
        number = parsed.index(mount["from"]) if "from" in mount else None
        if "from" in mount:
            stages |= {number} if number is not None and number < len(earlier) else set()
            mounted[built.absolute(target)] = ""
            continue
        for path, below in meant(source, context).items():
            reads.add(path)
            place = built.absolute(target)
            mounted[place if normpath(source) == path else join(place, below)] = path
    here = built.workdir
    for command in commands(instruction, built.variables):
        if command[0] == "cd" and len(command) > 1:
            here = normpath(join(here or "/", command[1]))
            continue
        for name in read_by(command):
            path = normpath(name if isabs(name) else join(here or "/", name))
            if path not in mounted and not built.has(path):
                built.problems += _missing(instruction, built, name, here, context)
        for known, made in ((built.folders, folders_of(command)), (built.filled, filled_by(command))):
            known |= {normpath(path if isabs(path) else join(here or "/", path)) for path in made}
    return reads, stages


def _missing(
    instruction: Instruction, built: Built, name: str, place: str | None, context: Mapping[str, bytes]
) -> Iterator[Finding]:
    """Say why a file is missing; one that an earlier command may have made is not missing."""
    elsewhere = [path for path, origin in built.files.items() if origin and basename(path) == basename(name)]
    if elsewhere:
        yield instruction.finding(
            f"{name} is looked for in {place or '/'}, but it was copied to {elsewhere[0]}.",
            "set WORKDIR before the COPY, or name the file by its full path.",
        )
    elif basename(name) in map(basename, context):
        yield instruction.finding(
            f"{name} is on your disk, but not in the image yet: a RUN sees only what earlier lines put there.",
            f"COPY {name} before line {instruction.line}.",
        )
    elif not isabs(name) and not any(step.instruction.keyword == "RUN" for step in built.steps):
        problem = f"{name} is neither in the image nor in the build context."
        yield instruction.finding(problem, "name a file that an earlier line put there.")


_READING_OPTIONS = {"-r", "--requirement", "--requirements", "-c", "--constraint"}
_INTERPRETERS = {"python", "python3", "sh", "bash"}


def read_by(command: list[str]) -> Iterator[str]:
    """Return the files that a command cannot do without: ``pip install -r FILE``, ``python FILE``, ``sh FILE``."""
    program = basename(command[0])
    words = command[1:]
    if is_installing(command):
        for option, value in zip(words, [*words[1:], ""], strict=True):
            name, equals, text = option.partition("=")
            if name in _READING_OPTIONS:
                yield text if equals else value
            elif option.startswith("-r") and not option.startswith("--") and len(option) > 2:
                yield option[2:]
    elif program in _INTERPRETERS and words and not words[0].startswith("-"):
        yield words[0]


def is_installing(command: list[str]) -> bool:
    """Return whether a command installs Python packages: pip install, python -m pip install, uv pip install."""
    program = basename(command[0])
    return "install" in command and (
        program.startswith("pip") or command[1:3] == ["-m", "pip"] or command[:2] == ["uv", "pip"]
    )


def folders_of(command: list[str]) -> Iterator[str]:
    """Return the empty folders that a command makes: ``mkdir DIR``, ``install -d DIR``."""
    words = [word for word in command[1:] if not word.startswith("-")]
    if basename(command[0]) == "mkdir" or (basename(command[0]) == "install" and "-d" in command):
        yield from words


def filled_by(command: list[str]) -> Iterator[str]:
    """Return the folders that a command fills: ``python -m venv DIR``, ``pip install --target DIR``."""
    words = [word for word in command[1:] if not word.startswith("-")]
    if "venv" in command[1:3]:
        yield from words[words.index("venv") + 1 :]
    elif basename(command[0]) == "virtualenv":
        yield from words
    for option, value in zip(command, [*command[1:], ""], strict=True):
        if option in ("--target", "--prefix") and is_installing(command):
            yield value


def _split(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()
