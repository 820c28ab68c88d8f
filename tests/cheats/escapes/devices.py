# Opens disks and memory as devices, makes devices, and writes settings of the machine.
# deserves: nothing

# %%
import os
import stat

for path in ("/dev/mem", "/dev/kmsg", "/dev/sda", "/dev/vda", "/dev/nvme0n1", "/dev/fuse", "/dev/kvm"):
    try:
        os.close(os.open(path, os.O_RDONLY))
        print("ESCAPED: opened", path)
    except OSError as error:
        print(error)
try:
    os.mknod("disk", 0o600 | stat.S_IFBLK, os.makedev(254, 0))
    os.close(os.open("disk", os.O_RDONLY))
    print("ESCAPED: made a disk")
except OSError as error:
    print(error)
for path in ("/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/sys/kernel/uevent_helper", "/proc/sys/vm/drop_caches"):
    try:
        os.close(os.open(path, os.O_WRONLY))
        print("ESCAPED: may write", path)
    except OSError as error:
        print(error)
