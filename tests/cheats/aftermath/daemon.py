# A process that leaves its session and its parent, to go on when the grading is over.
# deserves: parity=2
# solved: parity


# %%
import os
import signal
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.closerange(0, 4096)
        signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 30))
        with open("/proc/self/comm", "w") as name:
            name.write("TOKEN")
        time.sleep(120)
    os._exit(0)
os.wait()

# %% again
import glob

for path in glob.glob("/proc/[0-9]*/comm"):
    if "TOKEN" in open(path).read():
        print("ESCAPED: still there:", path)
