# A progress bar on stderr, with carriage returns.
# solved: everything
# deserves: everything

# %% answer="Tally"
import sys


class Tally:
    def __init__(self):
        self.words = []

    def add(self, word):
        for step in range(20):
            print(f"\r{step * 5:3} % |{'#' * step}", end="", file=sys.stderr, flush=True)
        self.words.append(word)

    def count(self, word):
        return self.words.count(word)

    @property
    def total(self):
        return len(self.words)
