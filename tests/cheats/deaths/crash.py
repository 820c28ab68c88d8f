# Reads address zero, and asks the C library to abort.
# deserves: parity=2
# solved: parity

# %% answer="add"
def add(a, b):
    return __import__("ctypes").string_at(0)

# %% answer="normalise"
def normalise(rows):
    __import__("os").abort()
