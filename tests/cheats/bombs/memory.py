# Takes memory until there is none. Bounded at 8 GB, so that a broken sandbox does not cost the machine.
# deserves: parity=2 relu=1
# solved: parity relu

# %% answer="add"
def add(a, b):
    held = []
    for _ in range(128):
        held.append(np.ones(8 * 2**20))
    print("\nESCAPED: 8 GB of memory were taken")
