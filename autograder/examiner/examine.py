"""Have a submission examined: what the grading calls."""

from __future__ import annotations

import hashlib
import json
import pickle
from multiprocessing.connection import Connection

import nbformat
from nbformat import NotebookNode

from autograder.examiner.examination import Examination, ExaminationError, Files, Job
from autograder.warm_server import WarmServer

SERVER = WarmServer("examiner", "autograder.examiner.server")


def examine(examination: Examination, notebook: NotebookNode, own_files: Files = ()) -> NotebookNode:
    """Run a submission and its tests, and return a copy with all outputs.

    Blocks until that is done; may be called from many threads at a time.

    Args:
        examination: the assignment and the limits.
        notebook: the submission as the grading prepared it: cells restored, metadata overwritten.
        own_files: further files that were handed in; they never replace the assignment's.

    Raises:
        ExaminationError: if the instructor's cells fail, or no kernel can be started.
    """
    with SERVER.connect() as client:
        key = examination.assignment_key
        client.sendall(key.encode())
        if client.recv(1) == b"?":
            data = pickle.dumps(examination)
            client.sendall(len(data).to_bytes(8, "big") + data)
            client.recv(1)
        settings = examination.settings
        connection = Connection(client.detach())
    with connection:
        connection.send(Job(json.dumps(notebook), own_files, settings))
        # The examiner keeps to the limits by itself; this is for one that has gone astray.
        if not connection.poll(settings.seconds_per_notebook + 10 * settings.seconds_per_cell + 120):
            raise ExaminationError("The examiner did not answer in time.")
        try:
            outcome, content = connection.recv()
        except EOFError:
            raise ExaminationError(f"The examiner ended without a result. Mend: see {SERVER.log}.") from None
    if outcome != "examined":
        raise ExaminationError(content)
    return nbformat.from_dict(json.loads(content))


def content_key(notebook: NotebookNode) -> str:
    """Return what stands for everything in a prepared notebook that its examination depends on."""
    cells = [(cell.cell_type, cell.source, cell.metadata.get("nbgrader", {})) for cell in notebook.cells]
    return hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()
