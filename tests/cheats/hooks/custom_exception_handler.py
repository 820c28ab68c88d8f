# IPython's set_custom_exc gets a handler that says nothing.
# deserves: nothing

# %%
get_ipython().set_custom_exc((BaseException,), lambda shell, kind, value, trace, tb_offset=None: [])
