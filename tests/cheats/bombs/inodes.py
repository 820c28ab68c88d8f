# Makes two hundred thousand empty files.
# deserves: parity=2
# solved: parity

# %% answer="add"
def add(a, b):
    import os

    try:
        for number in range(200_000):
            os.close(os.open(f"TOKEN-{number}", os.O_CREAT | os.O_WRONLY))
    except OSError as error:
        print(error)
    return None
