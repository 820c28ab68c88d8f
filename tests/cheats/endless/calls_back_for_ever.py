# The function that was passed in is called without end, and on ever deeper levels.
# deserves: parity=2
# solved: parity

# %% answer="twice"
def twice(function):
    while True:
        function(1)
