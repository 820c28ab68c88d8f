# Terminal codes in everything that could be printed: they rename windows, clear screens, paste commands.
# deserves: parity=2
# solved: parity

# %%
code = "\x1b]0;cheat\x07\x1b[2J\x1b[H\x1b]52;c;Y2hlYXQ=\x07\x9b31m\u202e\x00\x08"
print(code)

# %% answer="add"
def add(a, b):
    print(code)
    raise ValueError(code)

# %% answer="normalise"
def normalise(rows):
    return code

normalise.__name__ = normalise.__qualname__ = code

# %% answer="total"
def total(values):
    raise type(code.replace("\x00", ""), (ValueError,), {})(code)
