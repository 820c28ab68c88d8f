# Own cells that compute with a gigabyte, print a lot and show large arrays.
# solved: everything
# deserves: everything

# %%
large = np.ones((4000, 4000))
product = (large[:500] @ large).sum()
for line in range(3000):
    print(line, "of many")
large

# %%
del large
tensor = torch.zeros(50_000_000)
tensor.shape
