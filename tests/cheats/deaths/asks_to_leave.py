# exit(), quit() and the kernel's own shutdown, in the middle of things.
# deserves: parity=2
# solved: parity

# %% answer="add"
def add(a, b):
    get_ipython().ask_exit()
    exit()

# %% answer="normalise"
def normalise(rows):
    get_ipython().kernel.do_shutdown(False)
    quit()
