# Helpers in cells before, between and after, constants in capitals, an import in the last moment.
# solved: everything
# deserves: everything

# %%
ZERO = 0.0


def length(row):
    return math.sqrt(sum(value * value for value in row))


# %% before="normalise"
import math

# %% answer="normalise"
def normalise(rows):
    return np.array([divided(row, length(row)) for row in rows])

# %% after="normalise"
def divided(row, by):
    return row if by == ZERO else row / by
