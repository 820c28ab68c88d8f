# A second of computing in one call.
# solved: everything
# deserves: everything

# %% answer="add"
import time

is_first = True


def add(a, b):
    global is_first
    if is_first:
        time.sleep(1.0)
        is_first = False
    if a.shape != b.shape:
        raise ValueError("shapes")
    return a + b
