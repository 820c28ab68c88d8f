# A file nested so deeply that a reader runs out of stack.
# deserves: nothing
# refused: not a notebook


def mutate(notebook, folder):
    return b'{"cells": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"
