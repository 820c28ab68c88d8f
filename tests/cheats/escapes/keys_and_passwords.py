# Reads the instructor's keys, the password file and the home folders.
# deserves: nothing

# %%
import glob
import os

for pattern in ("HOME_FOLDER/.ssh/*", "~/.ssh/*", "/root/.*", "/home/*/.ssh/*", "~/.netrc", "~/.config/*", "/etc/shadow", "/etc/ssh/*key"):
    for path in glob.glob(os.path.expanduser(pattern)):
        try:
            print("ESCAPED to" if os.path.isfile(path) and "learner" not in path else "", path, open(path, errors="replace").read(500))
        except OSError as error:
            print(error)
