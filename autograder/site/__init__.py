"""The static site: the lessons for those who read without installing anything. ``course site`` builds it."""
