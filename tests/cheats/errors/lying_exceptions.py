# Exceptions whose class claims to be every other class.
# deserves: nothing

# %%
class Meta(type):
    def __instancecheck__(cls, instance):
        return True

    def __subclasscheck__(cls, subclass):
        return True

    def mro(cls):
        return [cls, ValueError, Exception, BaseException, object]


class Any(ValueError, metaclass=Meta):
    __class__ = property(lambda self: AssertionError)

    def __str__(self):
        return "shapes"

    def __eq__(self, other):
        return True

    __hash__ = None


Any.__name__ = "ValueError"
Any.__module__ = "builtins"

# %% answer="all"
def EXERCISE(*args, **kwargs):
    raise Any("shapes")
