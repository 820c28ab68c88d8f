"""Tests that run where the student's code does not: the examiner asks, the student's kernel answers by value."""

ANSWER = "%%answer the examiner"
"""What a student's kernel is told to execute so that it answers the examiner (no IPython magic has this name)."""
