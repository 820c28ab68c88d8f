# Objects of which every method raises, each time another error.
# deserves: parity=2
# solved: parity

# %%
import itertools

errors = itertools.cycle([KeyboardInterrupt, SystemExit, StopIteration, MemoryError, RecursionError, AttributeError, OSError])


class Raising:
    def fail(self, *args, **kwargs):
        raise next(errors)

    __repr__ = __str__ = __len__ = __iter__ = __next__ = __hash__ = __bool__ = __eq__ = __reduce_ex__ = fail
    __array__ = __float__ = __index__ = __getattribute__ = __call__ = __getitem__ = __dir__ = __enter__ = fail


class Meta(type):
    def __getattribute__(cls, name):
        raise next(errors)


class Nameless(metaclass=Meta):
    pass


# %% answer="add"
def add(a, b):
    return Raising()

# %% answer="normalise"
def normalise(rows):
    return [Raising(), object.__new__(Nameless)]

# %% answer="total"
Raising.__call__ = lambda self, *args: self
total = Raising()

# %% answer="Tally"
Tally = Nameless
