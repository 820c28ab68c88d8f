# A result that is right when it is first looked at and depends on what it is compared with afterwards.
# deserves: nothing

# %%
class Shifting:
    def __init__(self, *args):
        self.looks = 0

    def __eq__(self, other):
        self.looks += 1
        self.value = other
        return True

    def __getattr__(self, name):
        return Shifting()

    def __call__(self, *args):
        return Shifting()

    def __next__(self):
        return self

    def __iter__(self):
        return self

    def __index__(self):
        return 0

    __hash__ = None

# %% answer="all"
EXERCISE = Shifting()
