"""Run the code of a "predict the output" question, so that the answer given is the true one."""

from __future__ import annotations

import contextlib
import io
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

_SECONDS = 60.0
"""Time for the code of one lesson, the imports of its libraries included."""


def printed_by(code: str) -> str:
    """Return what ``code`` prints, without newlines at the two ends; an exception that it raises passes through."""
    stdout = io.StringIO()
    with contextlib.redirect_stdout(stdout):
        exec(compile(code, "<question>", "exec"), {"__name__": "__main__"})
    return stdout.getvalue().strip("\n")


def outputs_of(codes: list[str]) -> list[str]:
    """Return what each piece of code prints, run one after the other in a process of their own.

    For code that fails, the text is ``TypeError: reason``; it is the same for all that follow if the process dies or
    takes longer than a minute.
    """
    if not codes:
        return []
    pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
    try:
        return pool.submit(_outputs, codes).result(_SECONDS)
    except (BrokenProcessPool, TimeoutError) as error:
        return [f"{type(error).__name__}: the code ended its process, or took longer than {_SECONDS:g} s"] * len(codes)
    finally:
        for process in list((pool._processes or {}).values()):
            process.kill()
        pool.shutdown()


def _outputs(codes: list[str]) -> list[str]:
    outputs = []
    for code in codes:
        try:
            outputs.append(printed_by(code))
        except BaseException as error:  # SystemExit, too, is a mistake of the question
            outputs.append(f"{type(error).__name__}: {error}")
    return outputs
