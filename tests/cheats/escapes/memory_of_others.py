# Attaches to its parent and to the grader, and reads and writes their memory.
# deserves: nothing

# %%
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
PEEK_MEMORY, ATTACH, DETACH = 310, 16, 17
for pid in {os.getppid(), 1, int("GRADER_PID"), int("PROCESS_PID")} - {0}:
    if not os.path.exists(f"/proc/{pid}"):
        continue
    try:
        command = open(f"/proc/{pid}/cmdline", "rb").read()
        with open(f"/proc/{pid}/mem", "r+b", buffering=0) as memory:
            line = next(line for line in open(f"/proc/{pid}/maps") if "[heap]" in line or "[stack]" in line)
            memory.seek(int(line.split("-")[0], 16))
            print("ESCAPED: read", memory.read(10), "of", pid, command)
    except (OSError, StopIteration) as error:
        print(pid, error)
    if pid in (int("GRADER_PID"), int("PROCESS_PID")):
        continue  # not to stop the tests themselves where the sandbox is broken
    if libc.ptrace(ATTACH, pid, None, None) == 0:
        libc.ptrace(DETACH, pid, None, None)
        print("ESCAPED: attached to", pid)
