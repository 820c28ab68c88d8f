# Texts that are no valid Unicode, or that encoders stumble over.
# deserves: parity=2
# solved: parity

# %%
print("\ud800 \udfff \x00 \ufffe \U0010ffff")

# %% answer="add"
def add(a, b):
    raise ValueError("\ud800 shapes \udcff \x00")

# %% answer="normalise"
def normalise(rows):
    return {"\ud800": "\udcff", b"\xff": "\x00"}

# %% answer="total"
def total(values):
    print(b"\xff\xfe", "\ud800")
    __import__("os").write(1, b"\xff\xfe\x80")
    return "\ud800"
