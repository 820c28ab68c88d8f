# One generator never gives anything; one never ends; one attribute never comes.
# deserves: parity=2
# solved: parity

# %% answer="count_up"
def count_up(n):
    while True:
        yield 1

# %% answer="Tally"
class Tally:
    def add(self, word):
        pass

    def count(self, word):
        return 2

    @property
    def total(self):
        while True:
            pass
