# Prints the environment: its own, its parents', that with which it was started.
# deserves: nothing

# %%
import glob
import os

print(os.environ)
for path in glob.glob("/proc/[0-9]*/environ") + ["/proc/self/environ"]:
    try:
        print(path, open(path, "rb").read())
    except OSError as error:
        print(error)
if "GRADER_SECRET" in os.environ:
    print("ESCAPED: the grader's environment was inherited")
