"""From a fresh fork in a sandbox to a kernel that answers: what is done before anything of the student's runs."""

from __future__ import annotations

import json
import os
import socket
import sys
import tarfile
import traceback
from collections.abc import Mapping
from typing import NoReturn

from autograder.kernel.fresh_start import start_afresh
from autograder.kernel.student_environment import ENVIRONMENT
from autograder.kernel.student_files import CHANNELS
from autograder.kernel.student_kernel import StudentKernelApp
from autograder.sandbox.command import HOME, WORK
from autograder.sandbox.entry import SETUP_FAILED
from autograder.sandbox.privileges import close_files


def live(app: StudentKernelApp, files: Mapping[str, int], home: str = HOME, work: str = WORK) -> NoReturn:
    """Be a kernel, then end the process.

    Args:
        app: the prepared kernel.
        files: the open files by the names in FILES; every other one is closed.
        home: the student's home folder, which exists.
        work: the working folder, which does not.
    """
    status = SETUP_FAILED
    try:
        connection = _settle_in(files, home, work)
        _silence()
        status = 0
        listeners = {channel: files[channel] for channel in CHANNELS}
        app.run(connection["key"].encode(), listeners, socket.socket(fileno=files["call_socket"]), home)
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    finally:
        os._exit(status)  # the libraries' own ending takes longer than many a submission


def _settle_in(files: Mapping[str, int], home: str, work: str) -> dict[str, str]:
    close_files([*files.values()])
    os.makedirs(work, mode=0o755)
    os.chdir(work)
    start_afresh({**ENVIRONMENT, "HOME": home})
    with open(files["files"], "rb") as archive, tarfile.open(fileobj=archive) as content:
        if hasattr(tarfile, "data_filter"):  # Python 3.11.4; older ones need none, the archive is our own
            content.extraction_filter = tarfile.data_filter
        content.extractall(work)
    with open(files["connection_file"], encoding="utf-8") as file:
        return json.load(file)


def _silence() -> None:
    """Let what is written past Python before and after the kernel's life go nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
