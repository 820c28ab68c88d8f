# A generator of giants, each within the limits.
# deserves: parity=2
# solved: parity

# %% answer="count_up"
def count_up(n):
    for number in range(1000):
        yield np.zeros(8 * 2**20)
