# Exceptions whose text raises, never ends, or whose traceback, causes and notes go round in circles.
# deserves: parity=2
# solved: parity

# %%
class Biting(ValueError):
    def __str__(self):
        raise SystemExit

    def __repr__(self):
        raise KeyboardInterrupt

    @property
    def __traceback__(self):
        raise RuntimeError

    @property
    def args(self):
        raise RuntimeError

    __notes__ = property(lambda self: iter(int, 1))


# %% answer="add"
def add(a, b):
    raise Biting("shapes")

# %% answer="normalise"
def normalise(rows):
    first, second = ValueError("a"), ValueError("b")
    first.__cause__, second.__cause__ = second, first
    first.__context__, second.__context__ = second, first
    raise first

# %% answer="total"
def total(values):
    error = None
    for _ in range(50_000):
        made = ValueError("deep")
        made.__cause__ = error
        error = made
    raise error
