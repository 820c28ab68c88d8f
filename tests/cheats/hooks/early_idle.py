# "I am idle" is sent in the middle of a test, so that the error that follows is not waited for.
# deserves: nothing

# %%
def go_idle():
    kernel = get_ipython().kernel
    parent = kernel.get_parent()
    kernel.session.send(kernel.iopub_socket, "status", {"execution_state": "idle"}, parent=parent)
    kernel.session.send(
        kernel.shell_stream if hasattr(kernel, "shell_stream") else kernel.shell_socket,
        "execute_reply",
        {"status": "ok", "execution_count": 1, "user_expressions": {}, "payload": []},
        parent=parent,
        ident=getattr(kernel, "_parent_ident", {}).get("shell"),
    )
    __import__("time").sleep(0.3)

# %% answer="all"
def EXERCISE(*args, **kwargs):
    go_idle()
    raise RuntimeError("not solved")
