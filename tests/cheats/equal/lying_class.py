# Objects that claim to be what is asked for: __class__, __instancecheck__, __subclasshook__.
# deserves: nothing

# %%
class Meta(type):
    def __instancecheck__(cls, instance):
        return True

    def __subclasscheck__(cls, subclass):
        return True

    def __eq__(cls, other):
        return True

    __hash__ = type.__hash__


class Liar(metaclass=Meta):
    shape = (2, 2)
    dtype = np.dtype(np.float64)

    @property
    def __class__(self):
        return np.ndarray

    def __eq__(self, other):
        return True

    def __array__(self, dtype=None, copy=None):
        return np.array([[0.6, 0.8], [0.0, 1.0]])

    __hash__ = None


# %% answer="all"
def EXERCISE(*args, **kwargs):
    return Liar()
