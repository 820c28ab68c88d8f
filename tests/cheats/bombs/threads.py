# Ten thousand threads.
# deserves: parity=2
# solved: parity

# %% answer="add"
def add(a, b):
    import threading
    import time

    made = 0
    try:
        for made in range(10_000):
            threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
    except (RuntimeError, MemoryError) as error:
        print(error)
    if made == 9_999:
        print("\nESCAPED: ten thousand threads were made")
    return None
