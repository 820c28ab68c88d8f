# Announces frames of exabytes, of a million buffers, and frames that never end.
# deserves: nothing

# %%
import os
import socket
import stat
import struct


def shout(data):
    for name in os.listdir("/proc/self/fd"):
        try:
            if stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                with socket.socket(fileno=os.dup(int(name))) as each:
                    each.settimeout(0.1)
                    each.send(data)
        except OSError:
            continue


try:
    from autograder.examiner.frames import _MARK as mark
except ImportError:
    mark = b"ASK1"

# %% answer="add"
def add(a, b):
    shout(struct.pack("<4sIQ", mark, 0, 2**63))

# %% answer="normalise"
def normalise(rows):
    shout(struct.pack("<4sIQ", mark, 2**18, 10))

# %% answer="total"
def total(values):
    shout(struct.pack("<4sIQQ", mark, 1, 10, 2**40) + b"\xc0" * 10)

# %% answer="relu"
def relu(values):
    shout(struct.pack("<4sIQ", mark, 0, 100_000_000) + b"x")
    __import__("time").sleep(10)
