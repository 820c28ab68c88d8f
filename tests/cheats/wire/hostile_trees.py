# Answers that are well framed and ill formed: endless maps, wrong tags, buffers that do not exist, shapes that overflow.
# deserves: nothing

# %%
import os
import random
import socket
import stat
import struct

import msgpack

TAGS = "array dtype tensor complex tuple set frozenset dict range slice big path type remote callback returned raised".split()


def hostile(seed):
    dice = random.Random(seed)

    def tree(depth):
        if depth == 0 or dice.random() < 0.3:
            return dice.choice([None, True, -1, 2**63, 1e308, "<f8", b"\xff" * 9, "O", "", [2**31, 2**31], 0, "|V0"])
        if dice.random() < 0.4:
            return [tree(depth - 1) for _ in range(dice.randrange(5))]
        return {dice.choice([*TAGS, *"adtrnRcCse", 1, -1]): tree(depth - 1) for _ in range(dice.randrange(1, 4))}

    return tree(5)


def shout(data):
    for name in os.listdir("/proc/self/fd"):
        try:
            if stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                with socket.socket(fileno=os.dup(int(name))) as each:
                    each.settimeout(0.1)
                    each.send(data)
        except OSError:
            continue


count = 0


def answer_badly(*args):
    global count
    count += 1
    body = msgpack.packb(hostile(count)) if count % 3 else b"\x91" * 50_000
    shout(struct.pack("<4sIQQ", b"ASK1", 1, len(body), 8) + body + bytes(8))


# %% answer="all"
EXERCISE = answer_badly
