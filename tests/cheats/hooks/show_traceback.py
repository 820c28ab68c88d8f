# IPython's showtraceback is replaced, so that no error is ever sent.
# deserves: nothing

# %%
shell = get_ipython()
shell.showtraceback = shell._showtraceback = shell.showsyntaxerror = lambda *args, **kwargs: None
