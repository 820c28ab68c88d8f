# The submission holds a pipe that nobody writes to, a socket, and a device.
# deserves: parity=2
# solved: parity


def mutate(notebook, folder):
    import os
    import socket
    import stat

    os.mkfifo(folder / "pipe.csv")
    os.mkfifo(folder / "timestamp.txt")
    here = os.getcwd()
    os.chdir(folder)
    try:
        socket.socket(socket.AF_UNIX).bind("s")
    finally:
        os.chdir(here)
    try:
        os.mknod(folder / "zero", 0o666 | stat.S_IFCHR, os.makedev(1, 5))
    except PermissionError:
        pass  # only root can
