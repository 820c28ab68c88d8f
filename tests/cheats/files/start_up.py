# Submitted files that Python, IPython, pytest, Jupyter or nbgrader would run by themselves, if they looked here.
# deserves: parity=2
# solved: parity


def mutate(notebook, folder):
    harm = (
        "import builtins, pathlib\n"
        "pathlib.Path('/tmp/TOKEN').touch()\n"
        "import autograder.expect.expectation as inside\n"
        "inside.same = inside.close = lambda *args: True\n"
    )
    names = (
        "sitecustomize.py usercustomize.py conftest.py ipython_config.py ipython_kernel_config.py jupyter_config.py "
        "nbgrader_config.py .ipython/profile_default/startup/00-first.py .ipython/profile_default/ipython_config.py "
        ".jupyter/nbgrader_config.py .config/matplotlib/matplotlibrc matplotlibrc setup.cfg pyvenv.cfg cheat.pth"
    )
    for name in names.split():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(harm)

# %% answer="add"
def add(a, b):
    return None
