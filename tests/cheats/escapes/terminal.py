# Types into the terminal from which the grading was started.
# deserves: nothing

# %%
import fcntl
import termios

for path in ("/dev/tty", "/proc/self/fd/0", "/proc/self/fd/2", "/dev/pts/0", "/dev/console"):
    try:
        with open(path, "rb", buffering=0) as terminal:
            for letter in b"#TOKEN\n":
                fcntl.ioctl(terminal, termios.TIOCSTI, bytes([letter]))
            print("ESCAPED: typed into", path)
    except OSError as error:
        print(path, error)
