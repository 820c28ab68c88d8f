# Draws figures in own cells and in answers.
# solved: everything
# deserves: everything

# %%
import matplotlib.pyplot as plt

figure, axis = plt.subplots(figsize=(3, 2))
axis.plot([1, 4, 9])
plt.show()

# %% answer="total"
def total(values):
    return float(values.sum())

# %% after="test_total_2"
axis.hist(np.random.default_rng().normal(size=100))
figure
