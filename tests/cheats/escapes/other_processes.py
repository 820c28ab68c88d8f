# Lists all processes with their command lines, files and memory.
# deserves: nothing

# %%
import glob
import os

for folder in glob.glob("/proc/[0-9]*"):
    try:
        line = open(f"{folder}/cmdline", "rb").read()
        print(folder, line)
        if b"pytest" in line or b"canary" in line:
            print("ESCAPED: sees", line)
        print([os.readlink(path) for path in glob.glob(f"{folder}/fd/*")], os.readlink(f"{folder}/cwd"))
    except OSError as error:
        print(error)
