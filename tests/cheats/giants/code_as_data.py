# Functions, classes, modules, code and frames as results, and templates that a careless format would fill in.
# deserves: parity=2
# solved: parity

# %% answer="add"
def add(a, b):
    return __import__("sys")

# %% answer="normalise"
def normalise(rows):
    return [normalise.__code__, __import__("sys")._getframe(), np.ndarray, type("X", (), {})]

# %% answer="total"
def total(values):
    return "{0.__class__.__mro__} %s {self} $HOME `id` {{7*7}}"

# %% answer="relu"
def relu(values):
    return torch.nn.Linear(2, 2)
