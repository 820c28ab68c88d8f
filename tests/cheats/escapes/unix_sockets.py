# Connects to the sockets of other programs: by path, by abstract name, and whatever lies about.
# deserves: nothing

# %%
import os
import socket
import stat

found = ["HOME_FOLDER/agent.sock", "\0TOKEN", "/run/docker.sock", "/run/dbus/system_bus_socket", "/tmp/.X11-unix/X0"]
for top in ("/tmp", "/run", "/var", "/dev/shm", "/home"):
    for where, folders, names in os.walk(top):
        for name in names:
            try:
                if stat.S_ISSOCK(os.lstat(os.path.join(where, name)).st_mode):
                    found.append(os.path.join(where, name))
            except OSError:
                pass
try:
    found += ["\0" + line.split()[-1][1:] for line in open("/proc/net/unix") if " @" in line]
except OSError as error:
    print(error)
for address in found:
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(0.2)
            client.connect(address)
        print("ESCAPED: connected to", repr(address))
    except OSError as error:
        print(repr(address), error)
