# Lambdas, map, functools.partial and compositions in place of functions.
# solved: everything
# deserves: everything

# %% answer="parity"
parity = lambda number: number & 1

# %% answer="count_up"
count_up = lambda n: map(lambda number: number + 1, range(n))

# %%
import functools

# %% answer="total"
total = functools.partial(np.sum, axis=0)

# %% answer="twice"
twice = lambda function: functools.partial(lambda f, x: f(f(x)), function)
