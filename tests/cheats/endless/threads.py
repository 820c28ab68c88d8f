# Threads that never end and eat the interpreter's time, while the answers come back wrong.
# deserves: nothing

# %%
import sys
import threading


def spin():
    while True:
        try:
            pass
        except BaseException:
            pass


sys.setswitchinterval(0.2)
for _ in range(4):
    threading.Thread(target=spin, daemon=False).start()

# %% answer="all"
def EXERCISE(*args, **kwargs):
    return None
