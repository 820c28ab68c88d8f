# Results that make the sum of a test with partial credit larger than it should be: NaN, infinity, negative numbers.
# deserves: nothing

# %% answer="parity"
class Odd(float):
    def __eq__(self, other):
        return 10**6


def parity(number):
    return [Odd(2), np.array([5, 5, 5]), np.float64("nan"), float("inf"), np.int64(-7)][number % 5]
