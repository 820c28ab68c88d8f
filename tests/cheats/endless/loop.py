# A call never returns.
# deserves: parity=2 twice=2
# solved: parity twice

# %% answer="add"
def add(a, b):
    while True:
        pass
