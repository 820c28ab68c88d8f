# A whole number of a hundred megabytes, a text of half a gigabyte, an error message as long.
# deserves: Tally=2
# solved: Tally

# %% answer="parity"
def parity(number):
    return 1 << 800_000_000

# %% answer="add"
def add(a, b):
    return "x" * 500_000_000

# %% answer="total"
def total(values):
    raise ValueError("shapes" * 50_000_000)
