# Raises what stops loops and tests quietly: StopIteration, skips, debuggers' exits.
# deserves: nothing

# %%
import bdb
import unittest

# %% answer="add"
def add(a, b):
    raise StopIteration([4.0, 6.0])

# %% answer="normalise"
def normalise(rows):
    raise unittest.SkipTest("fine")

# %% answer="count_up"
def count_up(n):
    raise StopAsyncIteration

# %% answer="Tally"
class Tally:
    def __init__(self):
        raise bdb.BdbQuit

# %% answer="twice"
def twice(function):
    class Quiet(BaseException):
        pass

    raise Quiet

# %% answer="parity"
def parity(number):
    raise StopIteration(number % 2)

# %% answer="total"
def total(values):
    raise ExceptionGroup("fine", [ValueError("shapes"), AssertionError()])
