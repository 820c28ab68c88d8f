# Looks into IPython's history for what others have run.
# deserves: parity=2
# solved: parity


# %%
"mark of an earlier submission"
get_ipython().history_manager.writeout_cache()

# %% again
shell = get_ipython()
for session, line, text in shell.history_manager.get_tail(1000, include_latest=True):
    if "mark of an earlier" + " submission" in text:
        print("ESCAPED: read", text)
