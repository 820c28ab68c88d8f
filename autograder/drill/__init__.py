"""Interview questions until the interview: their source, their schedule, and how they are asked."""

NEW_PER_DAY = 10
"""Most new questions that a drill asks in a day, unless told."""
