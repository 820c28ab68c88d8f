# Changes libraries and settings in memory, which a kernel forked from the same process would inherit.
# deserves: parity=2
# solved: parity


# %%
import builtins
import os
import sys

import matplotlib

np.cheat = builtins.cheat = sys.modules["cheat"] = True
os.environ["CHEAT"] = "1"
np.add = lambda *args: 7
matplotlib.rcParams["lines.linewidth"] = 99
sys.path.insert(0, "/cheat")
torch.zeros = torch.ones
os.umask(0)
os.chdir("/")

# %% again
import builtins
import os
import sys

import matplotlib

marks = [hasattr(np, "cheat"), hasattr(builtins, "cheat"), "cheat" in sys.modules, "CHEAT" in os.environ]
marks += [np.add(1, 1) != 2, matplotlib.rcParams["lines.linewidth"] == 99, "/cheat" in sys.path, os.getcwd() == "/"]
marks += [torch.zeros(2).sum().item() != 0, os.umask(0o22) == 0]
if any(marks):
    print("ESCAPED: changes were inherited", marks)
