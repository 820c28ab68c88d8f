# Children that take memory each within its own limit. Bounded at 8 GB in all.
# deserves: parity=2
# solved: parity

# %% answer="add"
def add(a, b):
    import os
    import time

    for child in range(16):
        if os.fork() == 0:
            try:
                open("/proc/self/comm", "w").write("TOKEN")
                held = np.ones(64 * 2**20)
                time.sleep(20)
            finally:
                os._exit(0)
    time.sleep(1.5)
    total = 0
    for name in os.listdir("/proc"):
        try:
            if name.isdigit():
                total += int(open(f"/proc/{name}/statm").read().split()[1]) * 4096
        except OSError:
            pass
    print(total)
    if total > 7 * 10**9:
        print("\nESCAPED: children took", total, "bytes")
    return None
