# Writes until the disk is full: here, in /tmp, in shared memory. Bounded at 4 GB each.
# deserves: parity=2
# solved: parity

# %% answer="add"
def add(a, b):
    import os

    block = bytes(64 * 2**20)
    for folder in (".", "/tmp", "/dev/shm", "/var/tmp", os.path.expanduser("~")):
        written = 0
        path = f"{folder}/TOKEN.bin"
        try:
            with open(path, "wb", buffering=0) as file:
                while written < 4 * 2**30:
                    written += file.write(block)
            print("\nESCAPED: wrote 4 GB into", folder)
        except (OSError, MemoryError) as error:
            print(folder, written, error)
        try:
            os.remove(path)
        except OSError:
            pass
    return None
