"""Mutation testing: the reference solutions, changed in one place at a time, must fail their tests."""
