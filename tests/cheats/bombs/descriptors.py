# Opens files and sockets until no more can be opened.
# deserves: parity=2
# solved: parity

# %% answer="add"
def add(a, b):
    import os
    import socket

    held = []
    try:
        for _ in range(200_000):
            held.append(os.open("/dev/null", os.O_RDONLY))
            held.append(socket.socketpair())
        print("\nESCAPED: opened", len(held))
    finally:
        return None
