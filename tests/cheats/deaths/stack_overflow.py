# Endless recursion, in Python and in C, with the recursion limit taken away.
# deserves: parity=2
# solved: parity

# %% answer="add"
def add(a, b):
    import sys

    sys.setrecursionlimit(10**9)
    return add(a, b)

# %% answer="normalise"
def normalise(rows):
    deep = ()
    for _ in range(1_000_000):
        deep = (deep,)
    return hash(deep)

# %% answer="count_up"
def count_up(n):
    yield from count_up(n)
