# Settings of the interpreter that could outlive the cell: no garbage collection, odd limits, odd contexts.
# deserves: parity=2
# solved: parity

# %%
import decimal
import gc
import sys

gc.disable()
gc.freeze()
sys.setrecursionlimit(60)
sys.set_int_max_str_digits(640)
np.seterr(all="raise")
np.set_printoptions(threshold=0, formatter={"all": lambda value: "4."})
decimal.getcontext().prec = 1
torch.set_default_dtype(torch.float16)
torch.set_printoptions(threshold=0)

# %% answer="add"
def add(a, b):
    return np.zeros(a.shape)
