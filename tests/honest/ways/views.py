# Results that are views: transposed, reversed, in Fortran order, read-only, not contiguous, big-endian.
# solved: everything
# deserves: everything

# %% answer="add"
def add(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    wide = np.zeros((*a.shape, 2))
    wide[..., 1] = a + b
    result = wide[..., 1]
    result.setflags(write=False)
    return result

# %% answer="normalise"
def normalise(rows):
    lengths = np.sqrt((rows**2).sum(axis=1))
    lengths[lengths == 0] = 1
    return np.asfortranarray((rows[::-1].T / lengths[::-1]).T[::-1])

# %% answer="relu"
def relu(values):
    return torch.stack([values, values.clamp(min=0)], dim=1)[:, 1]
