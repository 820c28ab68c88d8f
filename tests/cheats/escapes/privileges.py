# Looks for what is left of the grader's rights: user 0, capabilities, programs that change the user.
# deserves: nothing

# %%
import os
import subprocess

status = dict(line.split(":", 1) for line in open("/proc/self/status").read().splitlines() if ":" in line)
for name in ("CapEff", "CapPrm", "CapInh", "CapBnd", "CapAmb"):
    print(name, status[name])
    if int(status[name], 16):
        print("ESCAPED: capabilities", name, status[name])
if status["NoNewPrivs"].strip() != "1":
    print("ESCAPED: may gain privileges by running programs")
try:
    os.setgroups([0])
    print("ESCAPED: may change its groups")
except OSError as error:
    print(error)
for command in (["sudo", "-n", "true"], ["su", "-c", "true"], ["mount", "-t", "tmpfs", "x", "/tmp"]):
    try:
        if subprocess.run(command, capture_output=True, timeout=1, stdin=subprocess.DEVNULL).returncode == 0:
            print("ESCAPED:", command)
    except (OSError, subprocess.SubprocessError) as error:
        print(error)
