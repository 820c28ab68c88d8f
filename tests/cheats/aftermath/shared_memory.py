# Shared memory segments of both kinds, semaphores and message queues.
# deserves: parity=2
# solved: parity


# %%
import ctypes
from multiprocessing import resource_tracker, shared_memory

libc = ctypes.CDLL(None)
libc.shmget(0x0C0FFEE1, 4096, 0o1000 | 0o666)
libc.msgget(0x0C0FFEE1, 0o1000 | 0o666)
segment = shared_memory.SharedMemory("TOKEN", create=True, size=4096)
resource_tracker.unregister(segment._name, "shared_memory")

# %% again
import ctypes
from multiprocessing import shared_memory

libc = ctypes.CDLL(None)
if libc.shmget(0x0C0FFEE1, 4096, 0o666) != -1:
    print("ESCAPED: found a segment")
if libc.msgget(0x0C0FFEE1, 0o666) != -1:
    print("ESCAPED: found a queue")
try:
    shared_memory.SharedMemory("TOKEN")
    print("ESCAPED: found shared memory")
except OSError as error:
    print(error)
