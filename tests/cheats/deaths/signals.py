# Calls end the process by signals: killed, ended, crashed.
# deserves: parity=2 relu=1
# solved: parity relu

# %%
import os
import signal

# %% answer="add"
def add(a, b):
    os.kill(os.getpid(), signal.SIGKILL)

# %% answer="normalise"
def normalise(rows):
    os.kill(os.getpid(), signal.SIGTERM)

# %% answer="count_up"
def count_up(n):
    os.kill(os.getpid(), signal.SIGSEGV)
