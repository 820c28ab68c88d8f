# A destructor that never ends, of an object that is returned and of one that is left behind.
# deserves: parity=2
# solved: parity

# %%
class Endless:
    def __del__(self):
        while True:
            pass


# %% answer="add"
def add(a, b):
    Endless()
    return Endless()
