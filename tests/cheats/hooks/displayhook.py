# The display hook is called with the full points in the middle of a test with partial credit.
# deserves: nothing

# %% answer="parity"
def parity(number):
    get_ipython().displayhook(2.0)
    raise RuntimeError("not solved")

# %% answer="count_up"
def count_up(n):
    import sys

    sys.displayhook(1.0)
    raise RuntimeError("not solved")
