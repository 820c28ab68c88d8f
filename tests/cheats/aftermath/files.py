# Leaves files behind in every folder that can be written to, for the next submission to find.
# deserves: parity=2
# solved: parity


# %%
import os

for folder in (".", "..", "~", "/tmp", "/var/tmp", "/dev/shm", "/run", "/home", "/", "/etc", "/usr", "COURSE_FOLDER", "HOME_FOLDER"):
    try:
        path = os.path.join(os.path.expanduser(folder), "TOKEN")
        with open(path, "w") as file:
            file.write("x")
        os.makedirs(path + "-folder/deep")
        os.chmod(path, 0o4777)
        os.symlink("/", path + "-link")
    except OSError as error:
        print(error)
for folder in ("~/.cache", "~/.config/matplotlib", "~/.ipython/profile_default/startup", "~/.local/lib/python3/site-packages"):
    try:
        os.makedirs(os.path.expanduser(folder), exist_ok=True)
        open(os.path.expanduser(f"{folder}/TOKEN.py"), "w").write("print('ESCAPED: run at the start of the next kernel')")
    except OSError as error:
        print(error)

# %% again
import glob
import os

for folder in (".", "..", "~", "/tmp", "/var/tmp", "/dev/shm", "/run", "/home", "/", "~/.cache", "~/.ipython/profile_default/startup"):
    for path in glob.glob(os.path.expanduser(f"{folder}/TOKEN*")):
        print("ESCAPED: found", path)
