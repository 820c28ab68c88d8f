# Decorators with functools.wraps: one that counts, one that times, one that logs.
# solved: everything
# deserves: everything

# %%
import functools
import time


def timed(function):
    @functools.wraps(function)
    def run(*args, **kwargs):
        start = time.perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            run.seconds += time.perf_counter() - start

    run.seconds = 0.0
    return run


# %% answer="add"
@timed
def add(a, b):
    if a.shape != b.shape:
        raise ValueError(f"shapes {a.shape} and {b.shape}")
    return a + b

# %% answer="twice"
@timed
def twice(function):
    @timed
    @functools.wraps(function)
    def both(x):
        return function(function(x))

    return both
