# Objects whose unpickling runs a program: alone, in a list, in an array, in the arguments of an error.
# deserves: parity=2
# solved: parity

# %%
import os


class Bomb:
    def __reduce__(self):
        return os.system, ("touch /tmp/TOKEN HOME_FOLDER/TOKEN COURSE_FOLDER/TOKEN",)

    def __getstate__(self):
        return {}


class Error(ValueError):
    def __reduce__(self):
        return Bomb().__reduce__()


# %% answer="add"
def add(a, b):
    return Bomb()

# %% answer="normalise"
def normalise(rows):
    return np.array([Bomb(), {"x": [Bomb()]}], dtype=object)

# %% answer="total"
def total(values):
    raise Error("shapes", Bomb())

# %% answer="count_up"
def count_up(n):
    return [Bomb(), __import__("pickle").dumps(Bomb()), memoryview(b"x")]
