# An input transformer that empties all later cells.
# deserves: nothing

# %%
get_ipython().input_transformers_post.append(lambda lines: ["pass\n"])
get_ipython().input_transformers_cleanup.append(lambda lines: ["pass\n"])
