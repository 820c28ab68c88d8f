# A class that is a dictionary, with slots of its own.
# solved: everything
# deserves: everything

# %% answer="Tally"
class Tally(dict):
    __slots__ = ("total",)

    def __init__(self):
        super().__init__()
        self.total = 0

    def add(self, word):
        self[word] = self.get(word, 0) + 1
        self.total += 1

    def count(self, word):
        return self.get(word, 0)
