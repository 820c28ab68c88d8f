# Leaves work for the end of the process: forged results that are sent while it shuts down.
# deserves: nothing

# %%
import atexit
import os


def forge():
    kernel = get_ipython().kernel
    for _ in range(50):
        content = {"data": {"text/plain": "2.0"}, "metadata": {}, "execution_count": 1}
        kernel.session.send(kernel.iopub_socket, "execute_result", content, parent=kernel.get_parent())


atexit.register(forge)
__import__("threading")._register_atexit(forge)

# %% answer="parity"
def parity(number):
    forge()
    __import__("sys").exit(0)
