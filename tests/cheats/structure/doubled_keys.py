# The file names its cells and its metadata twice; readers disagree on which counts.
# deserves: nothing
# refused: none of the exercises


def mutate(notebook, folder):
    import nbformat

    text = nbformat.writes(notebook).rstrip()
    return (text[:-1] + ', "cells": ' + "[]" + ', "metadata": {"grading": {"score": NaN}}}').encode()
