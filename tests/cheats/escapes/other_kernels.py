# Looks for the connection files of kernels and talks to whatever answers.
# deserves: nothing

# %%
import glob
import json

patterns = ("/root/.local/share/jupyter/runtime/*.json", "~/.local/share/jupyter/runtime/*.json", "/tmp/*/c.json", "/tmp/k-*/*", "/run/user/*/*")
for path in [path for pattern in patterns for path in glob.glob(__import__("os").path.expanduser(pattern))]:
    try:
        key = json.load(open(path)).get("key")
        if key and key.encode() != get_ipython().kernel.session.key:
            print("ESCAPED: holds the key of another kernel", path)
    except (OSError, ValueError) as error:
        print(path, error)
