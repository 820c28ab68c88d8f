# Containers that lie about their length, their items and their shape.
# deserves: parity=2
# solved: parity

# %%
class List(list):
    def __len__(self):
        return 2**62

    def __iter__(self):
        return iter([self])


class Dictionary(dict):
    def items(self):
        return [(self, self)]

    def __len__(self):
        return -1

    def keys(self):
        raise RuntimeError


class Array(np.ndarray):
    @property
    def shape(self):
        return (2**40, 2**40)

    @property
    def nbytes(self):
        return 1

    def tobytes(self, *args):
        return b""

    @property
    def __array_interface__(self):
        return {"shape": (2**40,), "typestr": "<f8", "data": (0, False), "version": 3}


# %% answer="add"
def add(a, b):
    return np.zeros(2).view(Array)

# %% answer="normalise"
def normalise(rows):
    return List([1])

# %% answer="total"
def total(values):
    return Dictionary(a=1)
