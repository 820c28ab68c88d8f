# Always raises the error that one test asks for.
# deserves: nothing

# %% answer="all"
def EXERCISE(*args, **kwargs):
    raise ValueError("the shapes differ")
