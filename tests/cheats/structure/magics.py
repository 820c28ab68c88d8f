# The answer cells begin with magics and end with unfinished blocks, so that the test after them is swallowed.
# deserves: nothing

# %% answer="add"
get_ipython().run_cell_magic("capture", "", "pass")
get_ipython().run_line_magic("autocall", "2")
get_ipython().run_line_magic("xmode", "Minimal")
get_ipython().run_line_magic("alias_magic", "expect time")
get_ipython().register_magic_function(lambda line, cell=None: None, "line_cell", "expect")
get_ipython().run_line_magic("automagic", "1")
get_ipython().run_line_magic("reset", "-f")
