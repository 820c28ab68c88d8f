# A call that never returns and catches whatever would stop it.
# deserves: parity=2
# solved: parity

# %% answer="add"
def add(a, b):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
