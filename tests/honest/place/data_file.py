# Reads the file that came with the assignment, and one that was handed in.
# solved: everything
# deserves: everything


def mutate(notebook, folder):
    (folder / "data").mkdir()
    (folder / "data" / "mine.csv").write_text("1,2\n3,4\n", encoding="utf-8")
    (folder / "helpers.py").write_text("def plus(a, b):\n    return a + b\n", encoding="utf-8")


# %% before="add"
from pathlib import Path

import helpers

words = Path("images/words.txt").read_text().split()
table = np.loadtxt("data/mine.csv", delimiter=",")
assert words == ["edge", "corner", "edge"] and table.sum() == 10

# %% answer="add"
def add(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    assert len(words) == 3 and table[1, 1] == 4
    return helpers.plus(a, b)
