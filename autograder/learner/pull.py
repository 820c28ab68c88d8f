"""Get the newest release with git, although the learner has worked in files that it changes.

``git pull`` refuses that, and a merge of two notebooks as text is of no use. So a notebook with changes that are not
committed is moved out of the way for the pull, and in a notebook with committed changes the learner's version is kept
as a whole. :mod:`autograder.learner.update` then brings the release into it.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from autograder.learner.notebook import back_up
from autograder.learner.update import YOURS
from autograder.repository import Repository

_SECONDS = 300
_NOTEBOOKS = "exercises/"


class PullProblem(Exception):
    """The newest release could not be fetched or taken in; nothing is lost, and the text says what to do."""


@dataclass(frozen=True)
class Pulled:
    """What came.

    Attributes:
        commits: number of commits that came; 0 if there were none, or nothing to get them from.
        needs_set_up: whether the libraries of the course have changed.
        why_not: why nothing could be fetched; "" if it was.
    """

    commits: int = 0
    needs_set_up: bool = False
    why_not: str = ""


def pull(repository: Repository) -> Pulled:
    """Fetch and take in what is new on the branch that this checkout follows.

    Raises:
        PullProblem: if that fails. The learner's files are then as they were.
    """
    git = _Git(repository.root)
    if git.output("rev-parse", "--show-prefix") is None:
        return Pulled(why_not="This folder is not a git checkout.")
    if git.output("rev-parse", "--verify", "--quiet", "@{upstream}") is None:
        return Pulled(why_not="This branch follows no other, so there is nothing to fetch.")
    git.run("fetch", "--quiet", mend="see whether the network is there, then run the command again.")
    commits = int(git.output("rev-list", "--count", "HEAD..@{upstream}") or 0)
    if not commits:
        return Pulled()
    incoming = git.names("diff", "--name-only", "-z", "--relative", "HEAD...@{upstream}")
    changed_here = git.names("diff", "--name-only", "-z", "--relative", "HEAD")
    blocked = incoming & changed_here
    others = sorted(name for name in blocked if not (name.startswith(_NOTEBOOKS) and name.endswith(".ipynb")))
    if others:
        raise PullProblem(
            f"You have changed files that the new release changes as well: {', '.join(others)}. Nothing was done. "
            "Mend: commit your changes (`git commit`) or put them away (`git stash`), then run the command again."
        )
    aside = _set_aside(git, repository.root, sorted(blocked))
    try:
        _merge(git)
    except PullProblem:
        for each in aside:
            each.put_back()
        raise
    return Pulled(commits, needs_set_up=bool(incoming & {"requirements.lock", "pyproject.toml"}))


@dataclass(frozen=True)
class _Aside:
    """A notebook that is out of the way: its bytes, and a copy on disk unless only outputs are in it."""

    path: Path
    data: bytes
    copy: Path | None

    def put_back(self) -> None:
        fresh = self.path.with_name(f".{self.path.name}.new")
        fresh.write_bytes(self.data)
        os.replace(fresh, self.path)
        if self.copy:
            self.copy.unlink()


def _set_aside(git: _Git, root: Path, names: list[str]) -> list[_Aside]:
    """Copy notebooks to ones that wait to be brought in, and restore git's.

    If the program is ended from here on, the next ``course update`` finds the copies.
    """
    aside = []
    for name in names:
        path = root / name
        if path.is_file():
            data = path.read_bytes()
            has_work = _cells(data) != _cells(git.content(name)) or _cells(data) is None
            aside.append(_Aside(path, data, back_up(path, YOURS) if has_work else None))
    if names:
        git.run("checkout", "--quiet", "HEAD", "--", *names, mend="see what git says, then run the command again.")
    return aside


def _cells(data: bytes) -> list[object] | None:
    """Return what stands in a notebook's cells, outputs left out; None if it cannot be read."""
    try:
        return [
            (cell["cell_type"], "".join(cell["source"]), cell.get("attachments")) for cell in json.loads(data)["cells"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _merge(git: _Git) -> None:
    with tempfile.TemporaryDirectory(prefix="course-update-") as folder:
        attributes = Path(folder, "attributes")
        attributes.write_text(f"{_NOTEBOOKS}**/*.ipynb merge=keep-mine\n", encoding="utf-8")
        settings = ("-c", f"core.attributesFile={attributes}", "-c", "merge.keep-mine.driver=true")
        try:
            git.run(*settings, "merge", "--quiet", "--no-edit", "@{upstream}", mend="")
        except PullProblem as problem:
            git.output("merge", "--abort")
            raise PullProblem(
                f"git could not take in the new release; everything is as it was. {problem} Mend: "
                "`git pull` shows the conflict; solve it and commit, then run `course update` again."
            ) from None


class _Git:
    def __init__(self, root: Path) -> None:
        self._root = root

    def output(self, *arguments: str) -> str | None:
        """Return what a command prints; None if it fails."""
        done = self._run(*arguments)
        return done.stdout.decode("utf-8", "surrogateescape").strip() if done and done.returncode == 0 else None

    def content(self, name: str) -> bytes:
        """Return a file as it was committed last; nothing if it was not."""
        done = self._run("show", f"HEAD:./{name}")
        return done.stdout if done and done.returncode == 0 else b""

    def names(self, *arguments: str) -> set[str]:
        """Return the paths that a command prints, relative to the checkout of the course."""
        return set(filter(None, (self.output(*arguments) or "").split("\0")))

    def run(self, *arguments: str, mend: str) -> None:
        """Run a command; raise what it says if it fails."""
        done = self._run(*arguments)
        if done is None or done.returncode:
            said = done.stderr.decode(errors="replace").strip() if done else "it took too long, or there is no git"
            raise PullProblem(f"git {arguments[0]}: {said}" + (f" Mend: {mend}" if mend else ""))

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[bytes] | None:
        environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
        try:
            return subprocess.run(
                ["git", *arguments],
                cwd=self._root,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
