# Prints without end, to both streams and past Python.
# deserves: parity=2
# solved: parity

# %% answer="add"
def add(a, b):
    import os
    import sys

    for _ in range(100):
        print("x" * 500_000)
        print("y" * 500_000, file=sys.stderr)
        os.write(1, b"z" * 500_000)
    return None
