# Shows without end: pictures, HTML, updates of displays, results of its own.
# deserves: parity=2
# solved: parity

# %% answer="add"
def add(a, b):
    from IPython.display import HTML, display, update_display

    display("x", display_id="one")
    for _ in range(300):
        display(HTML("x" * 300_000))
        update_display("y" * 300_000, display_id="one")
    return None

# %%
from IPython.display import display

for _ in range(20_000):
    display({"application/x-cheat": 1}, raw=True)
