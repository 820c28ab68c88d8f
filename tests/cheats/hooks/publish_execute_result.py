# Results and displays are sent on the output channel in the name of the cell that asks.
# deserves: nothing

# %%
def forge():
    kernel = get_ipython().kernel
    for kind, data in (("execute_result", {"text/plain": "2.0"}), ("display_data", {"text/plain": "2.0"})):
        content = {"data": data, "metadata": {}, "execution_count": 1}
        kernel.session.send(kernel.iopub_socket, kind, content, parent=kernel.get_parent(), ident=kernel.topic(kind))

# %% answer="all"
def EXERCISE(*args, **kwargs):
    forge()
    raise RuntimeError("not solved")
