# Gives back a promise at once and computes in a thread.
# deserves: nothing

# %% answer="total"
import concurrent.futures

pool = concurrent.futures.ThreadPoolExecutor(1)


def total(values):
    return pool.submit(lambda: float(np.sum(values)))
