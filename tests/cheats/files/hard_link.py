# A file of the submission is a hard link to one outside, and is written to.
# deserves: parity=2
# solved: parity


def mutate(notebook, folder):
    import os

    os.link(next((folder.parents[1] / "a-honest").rglob("*.ipynb")), folder / "notes.txt")
    os.link(folder.parents[2] / "nbgrader_config.py", folder / "settings.txt")

# %%
import os

for name in ("notes.txt", "settings.txt"):
    for change in (lambda: os.chmod(name, 0o777), lambda: os.truncate(name, 0), lambda: open(name, "w").write("cheat")):
        try:
            change()
        except OSError as error:
            print(error)
