"""Allow ``python -m autograder.cli``, where the ``course`` script is not on the path."""

from autograder.cli import app

app()
