# Own cells that raise errors, after everything else was right.
# solved: everything
# deserves: everything

# %%
1 / 0

# %% before="add"
undefined_name

# %% after="test_relu"
def broken(:
    pass

# %% last
raise SystemExit
