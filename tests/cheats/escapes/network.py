# Asks sockets on this machine, a name server, and a host outside.
# deserves: nothing

# %%
import socket

socket.setdefaulttimeout(0.3)
try:
    socket.create_connection(("127.0.0.1", int("TCP_PORT")))
    print("ESCAPED: TCP")
except OSError as error:
    print(error)
for address in (("127.0.0.1", int("UDP_PORT")), ("192.0.2.1", 53), ("8.8.8.8", 53)):
    try:
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"secret", address)
        if address[0] != "127.0.0.1":
            print("ESCAPED: UDP to", address)
    except OSError as error:
        print(error)
for name in ("example.org", "pypi.org"):
    try:
        print("ESCAPED: DNS", socket.getaddrinfo(name, 80))
    except OSError as error:
        print(error)
print(socket.if_nameindex())
