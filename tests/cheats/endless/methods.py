# Objects whose representation, length, iteration, hash and truth never come to an end.
# deserves: nothing

# %%
class Endless:
    def forever(self, *args):
        while True:
            pass

    __repr__ = __str__ = __len__ = __iter__ = __hash__ = __bool__ = __eq__ = __reduce_ex__ = __array__ = forever
    __float__ = __index__ = __getattr__ = __dir__ = __sizeof__ = __format__ = __fspath__ = forever

# %% answer="add"
def add(a, b):
    return Endless()

# %% answer="total"
def total(values):
    raise ValueError(Endless())
