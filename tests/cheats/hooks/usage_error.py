# Raises IPython's UsageError, which is shown as a warning and not as an error.
# deserves: nothing

# %% answer="all"
def EXERCISE(*args, **kwargs):
    from IPython.core.error import UsageError

    raise UsageError("fine")
