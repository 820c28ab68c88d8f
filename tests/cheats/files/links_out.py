# Links in the submission lead to the gradebook, the solutions and a private key.
# deserves: parity=2
# solved: parity


def mutate(notebook, folder):
    root = folder.parents[2]
    (folder / "gradebook.db").symlink_to(root / "gradebook.db")
    (folder / "solutions").symlink_to(root / "solutions")
    (folder / "images").symlink_to(root.parent / "home" / ".ssh")
    (folder / "root").symlink_to("/")

# %%
import os

for where, folders, names in os.walk(".", followlinks=False):
    for name in [*names, *folders]:
        path = os.path.join(where, name)
        if os.path.islink(path):
            print("ESCAPED by the link", path)
        elif os.path.isfile(path):
            print(path, open(path, "rb").read(3000))
