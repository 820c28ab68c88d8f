# Answers and own cells carry nbgrader's marks, so that something is cut from the wrong place.
# deserves: nothing

# %% answer="add"
def add(a, b):
    ### BEGIN HIDDEN TESTS
    return None
    ### END HIDDEN TESTS
    ### BEGIN SOLUTION

# %% after="add"
### BEGIN HIDDEN TESTS

# %% before="normalise"
### END HIDDEN TESTS
### AUTOTEST normalise(1)
### HASHED AUTOTEST normalise(1)
