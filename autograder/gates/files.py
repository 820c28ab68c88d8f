"""Gates on files: derived ones are fresh, data has a licence, a run stays in its folder and its budget."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from pathlib import Path

from autograder.build.publish import material_files, stale_files
from autograder.gates.subject import Finding, Subject

SOURCES = "SOURCES.toml"
_FIELDS = ("title", "author", "licence", "source", "sha256")


def derived_files_are_fresh(subject: Subject) -> Iterator[Finding]:
    """exercises/ and solutions/ are what lesson.py makes now."""
    for stale in stale_files(subject.repository, subject.name):
        yield Finding(str(stale.path), f"stale: {stale.reason}.", f"run `course build {subject.name}`.")


def data_has_a_licence(subject: Subject) -> Iterator[Finding]:
    """Every file of images/ and data/ is recorded with title, author, licence, source and checksum."""
    for folder in subject.lesson.materials:
        yield from _unrecorded(folder)


def _unrecorded(folder: Path) -> Iterator[Finding]:
    files = {path.as_posix() for path in material_files(folder)} - {SOURCES}
    if not files:
        return
    record = folder / SOURCES
    if not record.is_file():
        yield Finding(str(record), "it is missing.", f"record every file of {folder.name}/ there.")
        return
    entries = {entry["name"]: entry for entry in tomllib.loads(record.read_text(encoding="utf-8")).get("file", [])}
    for name in sorted(files - set(entries)):
        yield Finding(str(folder / name), "its source is not recorded.", f"add it to {SOURCES}.")
    for name in sorted(set(entries) - files):
        yield Finding(str(record), f"it records {name}, which is not there.", "remove the entry.")
    for name in sorted(files & set(entries)):
        missing = [field for field in _FIELDS if not str(entries[name].get(field, "")).strip()]
        if missing:
            yield Finding(str(record), f"{name} has no {', '.join(missing)}.", "fill it in.")
        actual = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if entries[name].get("sha256") != actual:
            yield Finding(str(record), f"{name} is not the recorded file.", f"its sha256 is {actual}.")


def run_keeps_its_budget(subject: Subject) -> Iterator[Finding]:
    """The solved notebook runs within the seconds and megabytes that the lesson states."""
    run, lesson = subject.solved_run, subject.lesson
    seconds = run.quiet_seconds
    if seconds > lesson.seconds:  # what shares caches and memory with others is slower, too: once more
        seconds = min(seconds, subject.run_solved().quiet_seconds)
    if seconds > lesson.seconds:
        yield Finding(
            str(lesson.path), f"it ran {seconds:.0f} s, the budget is {lesson.seconds:g} s.", "make it quicker."
        )
    if run.megabytes > lesson.megabytes:
        yield Finding(
            str(lesson.path),
            f"its kernel took {run.megabytes:.0f} MB, the budget is {lesson.megabytes:g} MB.",
            "free what is not needed, or use smaller data.",
        )


def run_stays_in_its_folder(subject: Subject) -> Iterator[Finding]:
    """Running the notebook writes nothing outside its folder and the temporary folder."""
    for run in (subject.solved_run, subject.unsolved_run):
        for stray in run.strays:
            yield Finding(str(subject.lesson.path), f"the notebook wrote {stray}.", "write into a TemporaryDirectory.")


def run_has_no_network(subject: Subject) -> Iterator[Finding]:
    """The notebook ran with the network cut off."""
    network = subject.solved_run.network
    if not network.startswith("blocked by"):
        yield Finding(str(subject.lesson.path), f"it ran with the network {network}.", "run it in a guarded kernel.")
