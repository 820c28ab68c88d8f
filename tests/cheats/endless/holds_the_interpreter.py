# C code that holds the interpreter's lock, so that no Python code runs again.
# deserves: parity=2
# solved: parity

# %% answer="add"
def add(a, b):
    import ctypes

    ctypes.PyDLL(None).sleep(100_000)
