# A child process shares the channel and answers too, so that answers of two processes mix.
# deserves: nothing

# %%
import os
import time

child = os.fork()
if child == 0:
    import socket
    import stat

    end = time.monotonic() + 3
    while time.monotonic() < end:
        for name in os.listdir("/proc/self/fd"):
            try:
                if stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                    with socket.socket(fileno=os.dup(int(name))) as each:
                        if each.type == socket.SOCK_STREAM:
                            each.setblocking(False)
                            data = each.recv(10_000)
                            each.send(data[::-1] + data)
            except OSError:
                continue
        time.sleep(0.001)
    os._exit(0)

# %% answer="all"
def EXERCISE(*args, **kwargs):
    return None
