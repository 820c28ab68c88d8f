"""What a good Dockerfile does: one small rule each, which says the line and the mend.

Every rule takes a :class:`~autograder.docker.walk.Project` and returns findings, none if all is well. Rules judge what
the file means, never how it is spelled: a comment, an alias or another order of options makes no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from posixpath import basename, dirname, isabs, join

from autograder.docker.cache import rebuild
from autograder.docker.dockerfile import Instruction
from autograder.docker.findings import Finding
from autograder.docker.walk import Built, Project, Step, is_installing, needed, read_by

_PYTHON_IMAGE = re.compile(
    r"(?:docker\.io/)?(?:library/)?python:(?P<version>\d+\.\d+)(?P<rest>[\w.-]*)(?:@sha256:[0-9a-f]+)?$"
)
_BUILD_TOOLS = frozenset(
    ["build-essential", "clang", "cmake", "g++", "gcc", "make", "ninja-build", "nvidia-cuda-toolkit", "python3-dev"]
)
_DRIVER = re.compile(r"^(nvidia-(driver|kernel|utils|compute-utils|dkms)|cuda-drivers|libcuda1|libnvidia-)|^cuda$")
_PLAIN_WORD = re.compile(r"[\w./:=@%+,-]+")
_MOVING_TAGS = frozenset({"", "latest", "nightly", "edge", "stable", "slim", "alpine", "bookworm", "trixie"})


def builds(project: Project, target: str = "") -> Iterator[Finding]:
    """Every file that a step reads is there when the step runs."""
    built = project.walk(target)
    for index in needed(built):
        yield from built[index].problems


def pins_its_base(project: Project, target: str = "") -> Iterator[Finding]:
    """Every base image has a tag that names a version, or a digest."""
    for built in _needed_stages(project, target):
        start, image = built.stage.start, built.stage.base
        if image != built.image or image.lower() == "scratch" or "@sha256:" in image:
            continue
        tag = image.rpartition("/")[2].partition(":")[2]
        if tag in _MOVING_TAGS or re.fullmatch(r"\d+(-[a-z]+)*", tag):
            problem = f"{image} moves: the same file builds something else next month."
            yield start.finding(problem, "name a version: python:3.12-slim.")


def works_in(project: Project, folder: str, target: str = "") -> Iterator[Finding]:
    """WORKDIR is ``folder`` at the end, and is set before a line of the last stage uses a relative path."""
    last = project.walk(target)[-1]
    for step in last.steps:
        if step.workdir is None and _is_relative(step):
            problem = "There is no WORKDIR yet, so this happens in the base image's folder, often the root /."
            yield step.instruction.finding(problem, f"write WORKDIR {folder} before line {step.instruction.line}.")
            return
    if last.workdir != folder:
        setting = next((s.instruction for s in reversed(last.steps) if s.instruction.keyword == "WORKDIR"), None)
        problem = f"The container starts in {last.workdir or 'the folder of the base image'}, not in {folder}."
        mend = f"set WORKDIR {folder}, with a slash at the beginning."
        yield setting.finding(problem, mend) if setting else Finding("", "", problem, mend)


def ships(project: Project, folder: str, files: Iterable[str], target: str = "") -> Iterator[Finding]:
    """Each of ``files`` of the context is at its place below ``folder`` in the image."""
    last = project.walk(target)[-1]
    for name in files:
        if last.files.get(join(folder, name)) == name:
            continue
        astray = [place for place, origin in last.files.items() if origin == name]
        what = f"{name} is at {astray[0]}" if astray else f"{name} is not in the image"
        problem = f"{what}; it belongs to {join(folder, name)}."
        mend = f"COPY {name} {join(folder, dirname(name), '')}"
        copying = next((step for step in reversed(last.steps) if name in step.reads), None)
        yield copying.instruction.finding(problem, mend) if copying else Finding("", "", problem, mend)


def ships_none_of(project: Project, files: Iterable[str], target: str = "") -> Iterator[Finding]:
    """None of ``files`` of the context is in the image."""
    last = project.walk(target)[-1]
    for name in files:
        if name in last.files.values():
            copying = next(step for step in reversed(last.steps) if name in step.reads)
            problem = f"{name} gets into the image; whoever has the image has the file."
            yield copying.instruction.finding(problem, f"list {name} in .dockerignore, or copy by name.")


def installs(project: Project, requirements: str, target: str = "") -> Iterator[Finding]:
    """The packages that ``requirements`` names are installed."""
    for built in _needed_stages(project, target):
        for step in built.steps:
            if any(is_installing(words) and requirements in map(basename, read_by(words)) for words in step.commands):
                return
    mend = f"RUN pip install -r {requirements}."
    yield Finding("", "", f"No line installs the packages of {requirements}.", mend)


def keeps_packages_cached(project: Project, changed: str, target: str = "") -> Iterator[Finding]:
    """A change of the file ``changed`` does not install packages again; ``pip install --no-deps`` installs none."""
    before = Project(project.dockerfile, {**project.files, changed: project.files[changed] + b"# changed\n"})
    built = project.walk(target)
    steps = {id(step.instruction): step for stage in built for step in stage.steps}
    culprit: Instruction | None = None
    for cached in rebuild(before, project, target):
        step = steps.get(id(cached.instruction)) or _same_step(steps.values(), cached.instruction)
        if cached.is_cached:
            continue
        if changed in step.reads and culprit is None:
            culprit = step.instruction
        if any(is_installing(words) and "--no-deps" not in words for words in step.commands):
            why = (
                f"line {culprit.line} has read {changed}" if culprit is not None else "a stage that it uses has changed"
            )
            problem = f"Every change of {changed} installs all packages again, because {why}."
            mend = "copy the file with the requirements alone, install, and copy the rest after that."
            yield cached.instruction.finding(problem, mend)
            return


def starts(project: Project, programs: Sequence[Sequence[str]], target: str = "") -> Iterator[Finding]:
    """PID 1 is one of ``programs``, started without a shell."""
    last = project.walk(target)[-1]
    settings = [setting for setting in (last.entrypoint, last.command) if setting is not None]
    wanted = f"CMD {_as_json(programs[0])}"
    if not settings:
        mend = f"end the file with {wanted}."
        yield Finding("", "", "Nothing says what to start: there is neither CMD nor ENTRYPOINT.", mend)
    for setting in settings:
        if setting.is_exec_form:
            continue
        if setting.value.startswith("["):
            problem = "This is no JSON list, so Docker takes it for text and gives it to a shell."
            yield setting.finding(problem, "write double quotation marks, and commas between the words.")
        else:
            words = setting.value.split()
            problem = "The shell form makes /bin/sh PID 1; SIGTERM from `docker stop` ends at the shell."
            if words[0] == "exec":
                problem = "exec hands PID 1 on to the program, but a shell has to be there and starts first."
                del words[0]
            is_plain = all(_PLAIN_WORD.fullmatch(word) for word in words)
            form = f"{setting.keyword} {_as_json(words)}" if words and is_plain else wanted
            yield setting.finding(problem, f"write the exec form: {form}")
        return
    if settings and list(last.argv) not in [list(program) for program in programs]:
        problem = f"PID 1 would be {list(last.argv)}: ENTRYPOINT and CMD are put one behind the other."
        yield settings[-1].finding(problem, f"let them be {list(programs[0])} together.")


def runs_as_a_number(project: Project, target: str = "") -> Iterator[Finding]:
    """The last stage ends with the rights of a user who is named by a number and is not root."""
    last = project.walk(target)[-1]
    if last.user is None or last.user_step is None:
        problem = "There is no USER, so the program runs as root, which is the host's root for every mounted file."
        yield Finding("", "", problem, "write USER 10001 near the end.")
        return
    user = last.user.partition(":")[0].strip("\"'")
    if user in ("root", "0"):
        yield last.user_step.finding("The program runs as root.", "write USER 10001.")
    elif not user.isdecimal():
        problem = f"Kubernetes' runAsNonRoot cannot see whether the name {user} is root: it wants a number."
        yield last.user_step.finding(problem, "write the number: USER 10001.")


def is_not_root(project: Project, target: str = "") -> Iterator[Finding]:
    """The last stage ends with the rights of somebody else than root."""
    last = project.walk(target)[-1]
    if last.user is None or last.user_step is None:
        yield Finding("", "", "There is no USER, so the program runs as root.", "write USER near the end.")
    elif last.user.partition(":")[0] in ("root", "0"):
        yield last.user_step.finding("The program runs as root.", "write USER with another user.")


def carries_no_driver(project: Project, target: str = "") -> Iterator[Finding]:
    """No step installs an NVIDIA driver: it belongs to the host's kernel."""
    for built in _needed_stages(project, target):
        for step in built.steps:
            for package in _apt_packages(step):
                if _DRIVER.search(package):
                    problem = f"{package} is the driver: it must match the host's kernel module, so the host brings it."
                    yield step.instruction.finding(problem, f"remove {package}; the toolkit mounts the host's driver.")
                    return


def ships_no_build_tools(project: Project, target: str = "") -> Iterator[Finding]:
    """What the last stage is made of has no compilers."""
    for built, step in _shipped(project.walk(target)):
        if (
            step.instruction.keyword == "FROM"
            and "-devel" in step.instruction.value
            and built.stage.base == built.image
        ):
            problem = f"{built.image} brings the compilers and headers of CUDA: gigabytes that only a build needs."
            yield step.instruction.finding(problem, "build in it, and start the last stage from a -runtime image.")
            return
        for package in _apt_packages(step):
            if package in _BUILD_TOOLS:
                problem = f"{package} is for building, and this stage is what ships."
                yield step.instruction.finding(problem, "install it in an earlier stage, and copy what was built.")
                return


def cleans_up(project: Project, target: str = "") -> Iterator[Finding]:
    """No layer that ships keeps the lists of apt or the cache of pip."""
    for _built, step in _shipped(project.walk(target)):
        words = step.commands
        caches = " ".join(
            mount.get("target", "") for mount in step.instruction.mounts() if mount.get("type") == "cache"
        )
        apt = [command[1:] for command in words if basename(command[0]) in ("apt-get", "apt")]
        if any("install" in command for command in apt) and not any("update" in command for command in apt):
            problem = "apt-get install without apt-get update in the same RUN uses lists of the day they were cached."
            yield step.instruction.finding(problem, "write apt-get update && apt-get install ... in one RUN.")
            return
        removed = any(command[0] == "rm" and any("/var/lib/apt" in word for word in command) for command in words)
        if any("update" in command for command in apt) and not removed and "/var/lib/apt" not in caches:
            problem = "The package lists stay in this layer; removing them in a later RUN does not make it smaller."
            yield step.instruction.finding(problem, "add && rm -rf /var/lib/apt/lists/* to the same RUN.")
            return
        for command in words:
            if is_installing(command) and not _is_without_cache(command, step, caches):
                problem = "pip keeps what it downloaded in ~/.cache, and this layer ships it."
                yield step.instruction.finding(problem, "add --no-cache-dir.")
                return


def takes_environment(project: Project, folder: str, requirements: str, target: str = "") -> Iterator[Finding]:
    """The last stage gets ``folder``, a virtual environment, from an earlier stage that filled it."""
    built = project.walk(target)
    last = built[-1]
    if len(built) < 2:
        problem = "There is one stage, so everything that building needs ships too."
        yield Finding("", "", problem, "begin a second FROM, and COPY --from the first stage.")
        return
    copying = next((step for step in reversed(last.steps) if _copies_folder(step, folder)), None)
    if copying is None:
        yield Finding(
            "", "", f"The last stage takes no {folder} from another.", f"COPY --from=build {folder} {folder}."
        )
        return
    origin = built[min(copying.stages)] if copying.stages else None
    if origin is None:
        yield copying.instruction.finding(
            "--from names no stage of this file.", "name a stage, as in FROM ... AS build."
        )
        return
    yield from _fills(origin, folder, requirements)
    ours, theirs = _PYTHON_IMAGE.match(last.image), _PYTHON_IMAGE.match(origin.image)
    if ours and theirs and ours["version"] != theirs["version"]:
        problem = (
            f"The environment was made by Python {theirs['version']} and lands in an image with Python "
            f"{ours['version']}: its packages lie in lib/python{theirs['version']}."
        )
        yield last.stage.start.finding(problem, "use one version of Python in both stages.")
    elif (ours is None) != (theirs is None):
        problem = (
            f"bin/python of the environment is a link to the Python of {origin.image}; {last.image} has none there."
        )
        yield last.stage.start.finding(problem, "start both stages from images with the same Python.")


def starts_from_python(project: Project, target: str = "") -> Iterator[Finding]:
    """Every stage comes from an official image of Python whose tag names the version with two numbers."""
    for built in _needed_stages(project, target):
        if _PYTHON_IMAGE.match(built.image) is None:
            if re.match(r"(docker\.io/)?(library/)?python(:|@|$)", built.image):
                problem = f"{built.image} names no version of two numbers, so it moves to the next Python."
                mend = "name two numbers: python:3.12-slim."
            else:
                problem = f"{built.image} is not an official image of Python."
                mend = "start from python:3.12-slim, or from another python:3.x image."
            yield built.stage.start.finding(problem, mend)


def has_wheels_of_torch(project: Project, target: str = "") -> Iterator[Finding]:
    """No stage comes from Alpine, for which there are no wheels of torch."""
    for built in _needed_stages(project, target):
        if "alpine" in built.image:
            problem = "Alpine has another C library (musl), and PyTorch publishes no wheels for it."
            yield built.stage.start.finding(problem, "start from a Debian-based image: python:3.12-slim.")


def finds_python(project: Project, folder: str, target: str = "") -> Iterator[Finding]:
    """``python`` in the container is the one in ``folder``: by PATH, or because it is started by its full path."""
    last = project.walk(target)[-1]
    if last.argv[:1] == (f"{folder}/bin/python",):
        return
    if not last.variables.get("PATH", "").startswith(f"{folder}/bin"):
        problem = f"python is the base image's: {folder}/bin does not come first in PATH."
        yield Finding("", "", problem, f"write ENV PATH={folder}/bin:$PATH in the last stage.")


def _is_relative(step: Step) -> bool:
    """Return whether a step writes to, or reads from, the working directory."""
    if step.instruction.keyword in ("COPY", "ADD"):
        words = step.instruction.words or tuple(step.text.split())
        return not isabs(words[-1])
    return any(not isabs(name) for command in step.commands for name in read_by(command))


def _needed_stages(project: Project, target: str) -> list[Built]:
    built = project.walk(target)
    return [built[index] for index in needed(built)]


def _shipped(built: Sequence[Built]) -> Iterator[tuple[Built, Step]]:
    """The steps whose layers the last stage consists of: its own, and those of the stages that it goes on from."""
    chain = [built[-1]]
    while chain[-1].steps[0].stages:
        chain.append(built[min(chain[-1].steps[0].stages)])
    for stage in reversed(chain):
        for step in stage.steps:
            yield stage, step


def _same_step(steps: Iterable[Step], instruction: Instruction) -> Step:
    return next(step for step in steps if step.instruction.line == instruction.line)


def _apt_packages(step: Step) -> Iterator[str]:
    for command in step.commands:
        if basename(command[0]) in ("apt-get", "apt") and "install" in command:
            for word in command[command.index("install") + 1 :]:
                if not word.startswith("-"):
                    yield word.partition("=")[0]


def _is_without_cache(command: Sequence[str], step: Step, caches: str) -> bool:
    settings: Mapping[str, str] = step.variables
    return (
        "--no-cache-dir" in command
        or "--no-cache" in command
        or settings.get("PIP_NO_CACHE_DIR", "") not in ("", "0", "false", "off")
        or settings.get("UV_NO_CACHE", "") not in ("", "0", "false")
        or "/.cache" in caches
    )


def _copies_folder(step: Step, folder: str) -> bool:
    instruction = step.instruction
    if instruction.keyword != "COPY" or instruction.flag("from") is None:
        return False
    words = instruction.words or tuple(step.text.split())
    return words[-1].rstrip("/") == folder and words[-2].rstrip("/") in (folder, folder.lstrip("/"))


def _fills(origin: Built, folder: str, requirements: str) -> Iterator[Finding]:
    """Whether packages go into the environment at ``folder``, which the stage makes."""
    path = f"{folder}/bin"
    for step in origin.steps:
        activated = any(command[0] in (".", "source") and command[-1].startswith(path) for command in step.commands)
        for command in step.commands:
            if not is_installing(command) or requirements not in map(basename, read_by(command)):
                continue
            by_path = step.variables.get("PATH", "").startswith(path)
            by_name = command[0].startswith(path) or any(word.startswith(folder) for word in command)
            by_uv = command[0] == "uv" and step.variables.get("VIRTUAL_ENV") == folder
            if by_name or by_uv or ((by_path or activated) and not command[0].startswith("/")):
                return
            problem = f"This pip is the base image's: the packages do not go to {folder}."
            yield step.instruction.finding(problem, f"call {folder}/bin/pip, or put {path} first in PATH before.")
            return
    yield Finding(
        f"line {origin.stage.start.line}",
        origin.stage.start.text,
        f"This stage does not install {requirements}.",
        f"RUN {folder}/bin/pip install -r {requirements}.",
    )


def _as_json(words: Sequence[str]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"
