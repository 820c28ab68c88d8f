# The notebook itself is a link to another student's.
# deserves: nothing
# refused: is missing


def mutate(notebook, folder):
    honest = next((folder.parents[1] / "a-honest").rglob("*.ipynb"))
    (folder / "x1_trial.ipynb").symlink_to(honest)
