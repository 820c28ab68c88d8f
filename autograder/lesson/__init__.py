"""The source of a lesson: one ``lesson.py`` in percent format, read and checked."""

from autograder.lesson.model import Cell, Exercise, Lesson, Role
from autograder.lesson.reader import Problem, SourceError, read_lesson, written_lessons

__all__ = ["Cell", "Exercise", "Lesson", "Problem", "Role", "SourceError", "read_lesson", "written_lessons"]
