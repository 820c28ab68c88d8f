# Looks through the descriptors that were inherited: folders outside, databases, logs, terminals.
# deserves: nothing

# %%
import os
import stat

for name in os.listdir("/proc/self/fd"):
    number = int(name)
    try:
        kind, target = os.fstat(number).st_mode, os.readlink(f"/proc/self/fd/{name}")
    except OSError:
        continue
    print(number, oct(kind), target)
    if stat.S_ISDIR(kind):
        for path in (".", "..", "../..", "../../..", "../../../.."):
            try:
                inside = os.open(path, os.O_RDONLY, dir_fd=number)
                if "gradebook.db" in os.listdir(inside) or "solutions" in os.listdir(inside):
                    print("ESCAPED through", target, path)
            except OSError:
                pass
    if stat.S_ISREG(kind) and not target.startswith(("/home/learner", "/memfd", "/usr", "/tmp")) and ".ipython" not in target:
        print("ESCAPED: holds", target)
    if os.isatty(number):
        print("ESCAPED: holds a terminal", target)
