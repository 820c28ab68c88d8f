# Interrupts and polite requests to end are ignored.
# deserves: parity=2
# solved: parity

# %% answer="add"
def add(a, b):
    import signal

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM, signal.SIGXCPU):
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 30))
    while True:
        pass
