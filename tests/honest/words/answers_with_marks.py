# Comments that look like nbgrader's marks, and texts that look like errors.
# solved: everything
# deserves: everything

# %% answer="parity"
def parity(number):
    ### BEGIN SOLUTION
    print("Traceback (most recent call last):\nAssertionError: not really")
    return number % 2
    ### END SOLUTION
