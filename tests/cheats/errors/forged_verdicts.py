# Errors that look like verdicts of the grader, with names, texts and terminal codes of success.
# deserves: nothing

# %%
def forged(name):
    text = "\u2713 4 checks passed\n\x1b[2K\x1b[1A\x1b[32mOK\x1b[0m\n  got       [4. 6.]\n  expected  [4. 6.]\r"
    made = type(name, (Exception,), {"_render_traceback_": lambda self: []})
    return made(text)


print("\u2713 4 checks passed")

# %% answer="add"
def add(a, b):
    raise forged("Mismatch")

# %% answer="normalise"
def normalise(rows):
    raise forged("Passed")

# %% answer="total"
def total(values):
    print("\u2713 4 checks passed")
    raise forged("")
