# A dataclass with a Counter, whose total is a property.
# solved: everything
# deserves: everything

# %% answer="Tally"
import dataclasses
from collections import Counter


@dataclasses.dataclass
class Tally:
    words: Counter = dataclasses.field(default_factory=Counter)

    def add(self, word: str) -> None:
        self.words[word] += 1

    def count(self, word: str) -> int:
        return self.words[word]

    @property
    def total(self) -> int:
        return self.words.total()
