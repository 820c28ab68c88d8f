# After each cell its outputs are cleared, and with them its error.
# deserves: nothing

# %%
def clear(*args):
    get_ipython().display_pub.clear_output(wait=False)


get_ipython().events.register("post_run_cell", clear)
get_ipython().events.register("post_execute", clear)
