# A range is lazy, too.
# solved: everything
# deserves: everything

# %% answer="count_up"
def count_up(n):
    return range(1, n + 1)
