# Writes into the installed libraries, so that the next grading runs forged ones.
# deserves: nothing

# %%
import os
import sys

import autograder

for folder in {os.path.dirname(module.__file__) for module in (np, torch, os, autograder)} | {sys.prefix, sys.base_prefix}:
    try:
        os.close(os.open(f"{folder}/TOKEN.py", os.O_WRONLY | os.O_CREAT))
        print("ESCAPED: wrote into", folder)
        os.remove(f"{folder}/TOKEN.py")
    except OSError as error:
        print(error)
for module in (np, autograder):
    try:
        os.close(os.open(module.__file__, os.O_WRONLY | os.O_APPEND))
        print("ESCAPED: may change", module.__file__)
    except OSError as error:
        print(error)
