# Every call warns: by the warnings module, by NumPy, on stderr.
# solved: everything
# deserves: everything

# %% answer="add"
import sys
import warnings


def add(a, b):
    warnings.warn("this is old", DeprecationWarning)
    warnings.warn("this is odd")
    print("be careful", file=sys.stderr)
    np.float64(1) / np.zeros(1)
    if a.shape != b.shape:
        raise ValueError("shapes")
    return a + b

# %% answer="normalise"
def normalise(rows):
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.nan_to_num(rows / lengths)
