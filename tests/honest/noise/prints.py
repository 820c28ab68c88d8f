# Prints while it computes, and shows what it has at hand.
# solved: everything
# deserves: everything

# %% answer="add"
from IPython.display import display


def add(a, b):
    print("adding", a, "and", b)
    display(a)
    print("\u2713 shapes agree" if a.shape == b.shape else "\u2717 shapes differ \U0001f62e")
    if a.shape != b.shape:
        raise ValueError("shapes")
    return a + b

# %% answer="parity"
def parity(number):
    print(2.0)
    return number % 2
