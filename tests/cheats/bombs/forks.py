# Processes that make processes. Bounded at 400, so that a broken sandbox does not cost the machine.
# deserves: parity=2 relu=1
# solved: parity relu

# %% answer="add"
def add(a, b):
    import os
    import time

    made = 0
    try:
        for made in range(400):
            if os.fork() == 0:
                try:
                    open("/proc/self/comm", "w").write("TOKEN")
                    os.setsid()
                    time.sleep(60)
                finally:
                    os._exit(0)
    except OSError as error:
        print(error)
    if made == 399:
        print("\nESCAPED: 400 processes were made")
    return None
