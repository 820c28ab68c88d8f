# Imports in the answers' cells, with other names, and type annotations that are not defined.
# solved: everything
# deserves: everything

# %% answer="add"
from __future__ import annotations

import numpy
from numpy import add as plus
from numpy import ndarray as Array


def add(a: Array, b: Array[float]) -> Array | None:
    if numpy.shape(a) != numpy.shape(b):
        raise ValueError("shapes")
    return plus(a, b)
