# A recursion eight hundred deep.
# solved: everything
# deserves: everything

# %% answer="parity"
def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


def parity(number):
    return (number + depth(800)) % 2
