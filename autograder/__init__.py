"""Build, prove and grade the course: everything behind the ``course`` command."""
