"""A sandbox for one submission, made by bubblewrap: nothing but Python and a small folder is in reach."""

from autograder.sandbox.check import NoSandbox, sandbox_problem
from autograder.sandbox.limits import Limits

__all__ = ["Limits", "NoSandbox", "sandbox_problem"]
