# Twenty million numbers in a list where one was asked for.
# deserves: parity=2
# solved: parity

# %% answer="total"
def total(values):
    return list(range(20_000_000))

# %% answer="add"
def add(a, b):
    return dict.fromkeys(range(6_000_000))
