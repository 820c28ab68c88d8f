# Writes random bytes on every socket that it holds, before and during the tests.
# deserves: nothing

# %%
def sockets():
    import os
    import socket
    import stat

    found = []
    for name in os.listdir("/proc/self/fd"):
        try:
            if stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                made = socket.socket(fileno=os.dup(int(name)))
                made.settimeout(0.1)
                found.append(made)
        except OSError:
            continue
    return found


def shout(data):
    for each in sockets():
        try:
            each.send(data)
        except OSError:
            pass


shout(__import__("os").urandom(1000))

# %% answer="all"
def EXERCISE(*args, **kwargs):
    shout(__import__("os").urandom(100))
    return None
