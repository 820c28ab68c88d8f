# Keeps the functions that a test passed in, and calls them later, from threads, and in the middle of other calls.
# deserves: nothing

# %%
kept = []


def call_all():
    for function in kept:
        for value in (0, 1, "x", kept, function):
            try:
                function(value)
            except Exception as error:
                print(type(error).__name__)


# %% answer="twice"
def twice(function):
    import threading

    kept.append(function)
    for _ in range(4):
        threading.Thread(target=call_all, daemon=True).start()
    return lambda x: 5

# %% answer="parity"
def parity(number):
    call_all()
    if number % 3 == 0:
        return kept
    raise RuntimeError

# %% answer="relu"
def relu(values):
    call_all()
    return None
