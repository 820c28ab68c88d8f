# torch.equal and torch.allclose replaced, also as methods.
# deserves: nothing

# %%
for name in ("equal", "allclose", "isclose"):
    setattr(torch, name, lambda *args, **kwargs: True)
    setattr(torch.Tensor, name, lambda *args, **kwargs: True)
torch.Tensor.__eq__ = lambda self, other: torch.ones(1, dtype=torch.bool)
torch.Tensor.numpy = lambda self, *args, **kwargs: np.zeros(tuple(self.shape), np.float32)

# %% answer="relu"
def relu(values):
    return torch.full(values.shape, 7.0)
