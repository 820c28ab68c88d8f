# Reads the text of the running test: from frames, from the history, from the caches of sources.
# deserves: nothing

# %%
def look():
    import linecache
    import sys

    frame, seen = sys._getframe(1), []
    while frame is not None:
        seen.append("".join(linecache.getlines(frame.f_code.co_filename)[:200]))
        frame = frame.f_back
    shell = get_ipython()
    seen += list(shell.history_manager.input_hist_raw) + [str(shell.user_ns.get("In"))]
    seen += [text for key, (_, _, lines, _) in list(linecache.cache.items()) if "ipykernel" in key for text in lines]
    hidden = "BEGIN HIDDEN_ TESTS".replace("_", "")
    words = "canary-in-a_-hidden".replace("_", "")
    for text in seen:
        if hidden in text or words in text:
            print("\nESCAPED: the tests can be read")
            print(text[-3000:])

# %% answer="all"
def EXERCISE(*args, **kwargs):
    look()
    return None
