"""Take a changed lesson into the notebook that a learner has worked in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from autograder.build.notebooks import digest, serialise
from autograder.build.publish import write_atomically
from autograder.learner.merge import Merged, merge
from autograder.learner.notebook import NotebookProblem, back_up, read_saved, replace
from autograder.learner.release import current_release, past_releases
from autograder.repository import Repository

YOURS = "yours"
"""In the name of a notebook that was moved out of the way and whose work is not yet in the new one."""

_BEFORE = "before-update"


@dataclass(frozen=True)
class Update:
    """What was done to one notebook.

    Attributes:
        lesson: the lesson's name.
        changed: whether the notebook was written.
        backups: the learner's notebooks as they were; none if nobody had worked in one.
        merged: what was brought over, one for each notebook of the learner's.
        unreadable: why a notebook that lay beside could not be brought in.
    """

    lesson: str
    changed: bool
    backups: tuple[Path, ...] = ()
    merged: tuple[Merged, ...] = ()
    unreadable: tuple[str, ...] = ()


def update_lesson(repository: Repository, name: str) -> Update:
    """Bring a lesson's notebook to the present release, with the learner's work.

    The work is taken from the notebook and from copies of it that the build or :mod:`autograder.learner.pull` have
    moved out of the way. Doing it twice changes nothing.

    Raises:
        autograder.learner.notebook.NotebookProblem: if the notebook is none, or was saved in between.
        autograder.lesson.SourceError: if the lesson's source has mistakes.
    """
    release = current_release(repository, name)
    path = repository.exercise_notebook(name)
    waiting = sorted(path.parent.glob(f"{name}.{YOURS}-*.ipynb"), reverse=True)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, serialise(release))
        if not waiting:
            return Update(name, changed=True)
    saved = read_saved(path)
    is_current = saved.release == release.metadata["course"]["release"]
    if is_current and not waiting:
        return Update(name, changed=False)
    past = past_releases(repository, name)
    merged: list[Merged] = []
    unreadable: list[str] = []
    notebook: NotebookNode = saved.notebook if is_current else release
    is_untouched = digest(saved.notebook) == saved.release
    if not is_current and not is_untouched:
        merged.append(merge(saved.notebook, release, past))
        notebook = merged[-1].notebook
    brought: list[Path] = []
    for copy in waiting:
        try:
            merged.append(merge(read_saved(copy).notebook, release, past, into=notebook))
        except NotebookProblem as problem:
            unreadable.append(str(problem))
            continue
        notebook = merged[-1].notebook
        brought.append(copy)
    changed = _content(notebook) != _content(saved.notebook)
    backups: list[Path] = []
    if changed and is_untouched:
        write_atomically(path, serialise(notebook))
    elif changed:
        backups.append(replace(saved, notebook, _BEFORE))
    for copy in brought:  # under another name, so that it is not brought over again
        backups.append(back_up(path, _BEFORE, of=copy))
        copy.unlink()
    return Update(name, changed, tuple(backups), tuple(merged), tuple(unreadable))


def _content(notebook: NotebookNode) -> object:
    cells = [(c.id, c.cell_type, c.source, c.metadata.get("nbgrader"), c.get("attachments")) for c in notebook.cells]
    return cells, notebook.metadata.get("course", {}).get("release")
