# Magics and shell commands in own cells.
# solved: everything
# deserves: everything

# %%
# %timeit -n 2 -r 2 sum(range(100))
# %time sum(range(100))
# !echo hello
# files = !ls
# %pwd

# %%
# %%time
numbers_of_mine = list(range(10))

# %%
# %%writefile mine.py
def helper(a, b):
    return a + b

# %%
# %load_ext autoreload
# %autoreload 2
import mine

# %% answer="add"
def add(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    return mine.helper(a, b)
