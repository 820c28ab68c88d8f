# %% [markdown] minutes=140 seconds=60 megabytes=900
# # Docker with a GPU
#
# > *"Build an image that runs our model on this machine's GPU. And what exactly is in that image?"*
#
# A common answer:
#
# > *"An image is a small virtual machine: a Linux kernel, the NVIDIA driver, CUDA, Python. My Dockerfile installs all of
# > it, runs `pip install -r requirements.txt`, copies the code, and deletes the API key in the last line. Then
# > `docker run -v $PWD:/app image`, and the model runs on the GPU."*
#
# **What is wrong with it?** Write down what you find before you read on. There are at least six mistakes; the end of the
# lesson lists them.

# %% [markdown]
# ## What you will be able to do
#
# - open an image, and say what is in it and what is not
# - write a Dockerfile that builds, rebuilds quickly, stops at once and does not run as root
# - set up a host so that containers see its GPU, and find the missing piece when they do not
# - say which CUDA runs on which driver
#
# **You need:** Python; no Docker. Your files are parsed and followed step by step; where docker, podman or buildah is
# installed, you also build for real. **Not here:** registries, Kubernetes, Windows containers.
# **Time:** 140 minutes, 100 of them for the exercises.

# %%
import importlib.metadata
import io
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from functools import partial
from pathlib import Path

import cv2
import matplotlib.pyplot as plt
import numpy as np
import torch
from matplotlib.patches import FancyBboxPatch

from autograder.docker import Project, find_builder, flatten, read_image, rebuild, review
from autograder.docker.grading import require_compose, require_dockerfile
from autograder.expect import expect, fresh_generator
from autograder.figures import show

torch.set_num_threads(2)
print(
    "Python",
    sys.version.split()[0],
    "· torch",
    torch.__version__,
    "· CUDA that torch was built for:",
    torch.version.cuda,
)

# %% [markdown]
# ## 1. An image is a pile of archives
#
# An image is a list of **layers** and one **configuration**. A layer is a tar archive, mostly compressed, of the files that
# one instruction of the Dockerfile added or changed. The configuration is a JSON text: what to start, as whom, with which environment.
# Nothing else. No kernel: a container is a process of the host's kernel that sees other files.

# %% [markdown]
# `data/photo-api` is a real image that buildah built. It has no Python, so that it is small enough to ship here. This is its
# Dockerfile, shortened: the commands of its RUNs came from another stage (`data/make_data.py` has all of it).
#
# ```dockerfile
# FROM scratch
# COPY base/ /
# ENV PYTHONUNBUFFERED=1
# WORKDIR /app
# COPY app/requirements.txt .
# RUN cp -p /bin/wheel /usr/lib/photolib              # stands for pip install
# COPY app/ .
# RUN rm -r customer.jpg token.txt logs
# RUN chown -R 10001:10001 /app
# USER 10001
# EXPOSE 8000
# ENTRYPOINT ["python", "app.py"]
# CMD ["--port", "8000"]
# ```

# %% [markdown]
# Its files are called **blobs**, and each is named by the SHA-256 of its contents. `index.json` names a manifest, and the
# manifest names the configuration and the layers.
#
# **Predict.** Thirteen instructions: how many layers? And does the download still hold `customer.jpg`, which a later
# instruction deleted?

# %%
folder = Path("data/photo-api")


def blob(digest: str) -> bytes:
    """Return the blob that is named by a digest, "sha256:" and 64 digits."""
    return (folder / "blobs" / digest.replace(":", "/")).read_bytes()


index = json.loads((folder / "index.json").read_text())
manifest = json.loads(blob(index["manifests"][0]["digest"]))
config = json.loads(blob(manifest["config"]["digest"]))
print(json.dumps({key: config["config"][key] for key in ("User", "WorkingDir", "Env", "Entrypoint", "Cmd")}, indent=1))
for number, layer in enumerate(manifest["layers"]):
    with tarfile.open(fileobj=io.BytesIO(blob(layer["digest"]))) as archive:
        names = [member.name for member in archive if not member.isdir()]
    print(f"layer {number}: {layer['size']:6} bytes, compressed  {' '.join(names)}")

# %% [markdown]
# Six layers, one for each COPY and RUN; the rest went into the configuration. (Docker's BuildKit gives WORKDIR a layer, too.
# The empty `etc/` files in layer 2 are places where buildah mounts the host's.) The photograph is in layer 3, and layer 4
# holds an empty file, `.wh.customer.jpg`: a **whiteout**. A layer never changes what lies below; it can only cover it.
#
# So whoever has the image has the photograph. And `chown` changed no byte of `weights.bin`, yet layer 5 holds all of it
# once more: a layer stores whole files.

# %%
image = read_image(folder)  # the same, with every digest checked
seen = flatten(image.layers)  # what a container sees
visible = [sum(len(e.data) for e in layer.entries if seen.get(e.path) is e) for layer in image.layers]
stored = [sum(len(e.data) for e in layer.entries) for layer in image.layers]
labels = ["COPY base/ /", "COPY requirements.txt", "RUN cp", "COPY app/ .", "RUN rm", "RUN chown -R"]

figure, (bars, picture) = plt.subplots(1, 2, figsize=(9.5, 3.4), width_ratios=[2, 1])
bars.barh(labels, visible, color="#0072B2", label="seen by a container")
hidden = [total - part for total, part in zip(stored, visible, strict=True)]
bars.barh(
    labels, hidden, left=visible, color="#E69F00", hatch="//", edgecolor="white", label="covered by a later layer"
)
for row, total in enumerate(stored):
    bars.text(total + 400, row, f"{total:,}", va="center", fontsize=8)
bars.invert_yaxis()
bars.set(title="What each layer stores", xlabel="bytes of file contents, not compressed", ylabel="instruction")
bars.set_xlim(0, 1.15 * max(stored))
bars.legend(fontsize=8)
recovered = np.frombuffer(image.layers[3].files["app/customer.jpg"], np.uint8)
picture.imshow(cv2.imdecode(recovered, cv2.IMREAD_COLOR)[:, :, ::-1])
picture.set(title="customer.jpg, still there", xlabel="x (pixels)", ylabel="y (pixels)")
figure.tight_layout()
show(
    figure,
    "Left: bytes stored by each of six layers. COPY app/ stores about 33 thousand bytes, nearly all of them covered by later "
    "layers; RUN chown stores 24 thousand again. Right: the photograph of a cat, read from the layer below the one "
    "that deleted it.",
)

# %% [markdown]
# Two habits follow. A secret never enters a layer: use `RUN --mount=type=secret`, or pass it at run time. And own files
# as you copy them: `COPY --chown=10001 app/ .` costs nothing; `RUN chown -R` doubles them.
#
# Laying layers on one another is called **flattening**. The rules are short (OCI image specification): a name `.wh.x`
# covers `x`; the name `.wh..wh..opq` makes its folder **opaque**: it covers all that lower layers have in that folder.

# %% [markdown] statement="flatten_layers"
# ### Exercise: what a container sees
#
# Write `flatten_layers(layers)`, which returns the files that a container sees.
#
# - `layers` is a list, the lowest layer first. A layer is a `dict`: path → contents (`bytes`). Paths have no slash at the
#   beginning or end. Folders are not listed; a folder is there if a file is in it.
# - A path whose last part is `.wh.NAME` covers `NAME` in the same folder: a file, or a folder with all that is in it.
# - A path whose last part is `.wh..wh..opq` covers everything in its folder, at any depth. It may stand in the root.
# - Both cover **lower** layers only, never files of their own layer, in whatever order the keys stand. If there is
#   nothing of the kind, nothing happens. Whiteouts are not in the result; every other name, such as `.whale`, is a file's.
#   The bare name `.wh.` is not tested.
# - A file covers whatever a lower layer has at its path, a folder too. A file at any depth below `a/` covers a lower *file*
#   `a`; a whiteout below `a/` does not. (No single layer has both `a` and `a/b` as files.)
#
# Returns a `dict`: path → contents. No layers give `{}`. `layers` is left as it was.

# %% [markdown] hints="flatten_layers"
# <details><summary>Hint 1: the idea</summary>
#
# Keep one dictionary. For each layer do two things, one after the other: first remove what the layer covers, then add
# the layer's files.
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# `posixpath.split(path)` gives folder and last part. `str.removeprefix`. To remove keys from a dictionary while you loop
# over it, loop over `list(...)` of it.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# `startswith("app")` also finds `app2/main.py`: compare with `"app/"`. And a whiteout that is applied after the layer's
# own files removes those as well.
#
# </details>


# %% exercise="flatten_layers" minutes=14 difficulty=3 question="Q54"
def flatten_layers(layers: list[dict[str, bytes]]) -> dict[str, bytes]:
    """Lay the layers of an image on one another (OCI image specification, "Image Layer Filesystem Changeset").

    Args:
        layers: the lowest first; each maps paths, whiteouts among them, to contents.

    Returns:
        Path -> contents of every file that a container sees.
    """
    ### BEGIN SOLUTION
    merged: dict[str, bytes] = {}
    for layer in layers:
        own = {}
        for path, data in layer.items():
            folder, slash, name = path.rpartition("/")
            if name == ".wh..wh..opq":
                covered = [lower for lower in merged if lower.startswith(folder + slash)]
            elif name.startswith(".wh."):
                target = folder + slash + name.removeprefix(".wh.")
                covered = [lower for lower in merged if lower == target or lower.startswith(f"{target}/")]
            else:
                own[path] = data
                covered = [lower for lower in merged if lower.startswith(f"{path}/") or path.startswith(f"{lower}/")]
            for lower in covered:
                del merged[lower]
        merged |= own
    return merged
    ### END SOLUTION


# %% test="flatten_layers" points=3
base = {"etc/os-release": b"tiny", "app/main.py": b"v1", "app/logs/a.log": b"a"}
change = {"app/main.py": b"v2", "app/.wh.logs": b""}
expect(flatten_layers, [base, change]).returns(
    {"etc/os-release": b"tiny", "app/main.py": b"v2"},
    mistakes={
        "The whiteout itself is no file: leave it out.": {
            "etc/os-release": b"tiny",
            "app/main.py": b"v2",
            "app/.wh.logs": b"",
        },
        "You left out whiteouts, but did not do what they say: app/logs is covered.": {
            "etc/os-release": b"tiny",
            "app/main.py": b"v2",
            "app/logs/a.log": b"a",
        },
        "The lower layer won: a later layer covers an earlier one.": {"etc/os-release": b"tiny", "app/main.py": b"v1"},
        "A layer holds only what changed: files of lower layers stay.": {"app/main.py": b"v2"},
    },
).leaves_arguments_alone()
expect(flatten_layers, [{"app/old.py": b"1"}, {"app/new.py": b"2", "app/.wh..wh..opq": b""}]).returns(
    {"app/new.py": b"2"},
    mistakes={
        "An opaque folder covers lower layers, not the files of its own layer.": {},
        "`.wh..wh..opq` covers everything that lower layers have in its folder.": {
            "app/old.py": b"1",
            "app/new.py": b"2",
        },
    },
)
### BEGIN HIDDEN TESTS
own_layer = "A whiteout covers lower layers only: a file of its own layer stays, wherever its key stands."
for upper in ({"x": b"new", ".wh.x": b""}, {".wh.x": b"", "x": b"new"}):
    expect(flatten_layers, [{"x": b"old"}, upper]).returns({"x": b"new"}, cause=own_layer)
expect(flatten_layers, [{"d/old": b"1"}, {"d/new": b"2", ".wh.d": b""}]).returns({"d/new": b"2"}, cause=own_layer)
neighbours = {"app/a": b"1", "app2/b": b"2", "application": b"3", "x/app/c": b"4"}
expect(flatten_layers, [neighbours, {".wh.app": b""}]).returns(
    {"app2/b": b"2", "application": b"3", "x/app/c": b"4"},
    cause="app/ is covered, but app2/, application and x/app/ are other names: compare whole parts of a path.",
)
expect(flatten_layers, [neighbours, {"app/.wh..wh..opq": b""}]).returns(
    {"app2/b": b"2", "application": b"3", "x/app/c": b"4"},
    cause="Only the folder app/ is opaque; app2/, application and x/app/ are other names.",
)
expect(flatten_layers, [neighbours, {".wh..wh..opq": b"", "n": b"5"}]).returns(
    {"n": b"5"}, cause="An opaque root covers all lower layers."
)
expect(flatten_layers, [{"sea/.whale": b"1", "sea/.wh": b"2", "sea/a.wh.b": b"3", "sea/b": b"4"}, {}]).returns(
    {"sea/.whale": b"1", "sea/.wh": b"2", "sea/a.wh.b": b"3", "sea/b": b"4"},
    cause="Only a last part that begins with .wh. (two dots) is a whiteout.",
)
expect(flatten_layers, [{"a/b/c": b"1", "a/d": b"2"}, {"a": b"file"}]).returns(
    {"a": b"file"}, cause="A file covers the folder that a lower layer has at its path."
)
expect(flatten_layers, [{"a": b"file", "ab": b"x"}, {"a/b/c": b"1"}]).returns(
    {"a/b/c": b"1", "ab": b"x"}, cause="A file below a/ covers a lower file a; ab is another name."
)
expect(flatten_layers, [{"x": b"1"}, {".wh.x": b""}, {"x": b"3"}]).returns(
    {"x": b"3"}, cause="A file that was covered may come back in a later layer."
)
expect(flatten_layers, [{}, {".wh.nothing": b"", "no/.wh..wh..opq": b""}]).returns({})
expect(flatten_layers, []).returns({}, cause="No layers give {}.")


def climb(tree: dict, parts: list[str], make: bool) -> dict | None:
    """Return the folder at ``parts`` of a tree of nested dictionaries, making it if wanted."""
    for part in parts:
        if not isinstance(tree.get(part), dict):
            if not make:
                return None
            tree[part] = {}
        tree = tree[part]
    return tree


def leaves(tree: dict, prefix: str = "") -> dict[str, bytes]:
    """Return the files of a tree by path."""
    found: dict[str, bytes] = {}
    for name, value in tree.items():
        found |= leaves(value, f"{prefix}{name}/") if isinstance(value, dict) else {f"{prefix}{name}": value}
    return found


rng = fresh_generator(1)
for _ in range(60):
    stack = []
    for number in range(int(rng.integers(2, 5))):
        layer: dict[str, bytes] = {}
        for _ in range(int(rng.integers(1, 7))):
            parts = [str(rng.choice(["a", "b", "ab"])) for _ in range(int(rng.integers(1, 4)))]
            kind = rng.integers(0, 6)
            if kind == 0:
                parts[-1] = ".wh." + parts[-1]
            elif kind == 1:
                parts[-1] = ".wh..wh..opq"
            path = "/".join(parts)
            plain = [name for name in layer if ".wh." not in name]
            clash = any(name.startswith(path + "/") or path.startswith(name + "/") for name in plain)
            if ".wh." in path or not clash:
                layer[path] = b"" if ".wh." in path else bytes([number])
        stack.append(layer)
    tree: dict = {}
    for layer in stack:
        for path in layer:
            *parents, name = path.split("/")
            within = climb(tree, parents, make=False)
            if within is not None and name == ".wh..wh..opq":
                within.clear()
            elif within is not None and name.startswith(".wh."):
                within.pop(name[4:], None)
        for path, data in layer.items():
            *parents, name = path.split("/")
            if not name.startswith(".wh."):
                climb(tree, parents, make=True)[name] = data
    expect(flatten_layers, stack).returns(leaves(tree)).leaves_arguments_alone()
### END HIDDEN TESTS

# %% [markdown]
# When it passes, run the next cell: your function on the real layers.

# %%
try:
    files = flatten_layers([layer.files for layer in image.layers])
except NotImplementedError:
    print("Write flatten_layers, then run this cell again.")
else:
    same = files == {path: entry.data for path, entry in flatten(image.layers).items() if entry.kind == "file"}
    print(f"{len(files)} files, {sum(map(len, files.values()))} bytes; the same as autograder.docker.flatten: {same}")
    print("from", sum(stored), "bytes in the layers:", ", ".join(sorted(files)))

# %% [markdown]
# ## 2. What is built again
#
# Builds are slow, so each step is **cached**. The documented rule: a step is reused if its text is the same as before,
# everything above it was reused, and, for COPY, the copied files are the same (when they were written does not count).
# After the first step that is not reused, every later one runs again.

# %% [markdown]
# What a command *would do* does not count. `RUN apt-get update` stays cached for months: its text has not changed.
#
# **Predict.** Below, the same Dockerfile in two orders. You edit `app.py`. Which steps run again in each?

# %%
SLOW = """FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install --no-cache-dir -r requirements.txt
CMD ["python", "app.py"]
"""
QUICK = """FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
CMD ["python", "app.py"]
"""
CONTEXT = {"requirements.txt": b"torch==2.13.0\n", "app.py": b"print(1)\n", "README.md": b"# photo-api\n"}

figure, axes = plt.subplots(1, 2, figsize=(10.5, 3.6))
for axis, (title, text) in zip(axes, {"COPY . . first": SLOW, "requirements first": QUICK}.items(), strict=True):
    before = Project(text, CONTEXT)
    columns = [rebuild(before, Project(text, {**CONTEXT, name: b"edited"})) for name in CONTEXT]
    ran = np.array([[not step.is_cached for step in column] for column in columns]).T  # (steps, files)
    axis.imshow(ran, cmap="cividis", vmin=0, vmax=1, aspect="auto")
    for (row, column), runs in np.ndenumerate(ran):
        axis.text(
            column, row, "runs" if runs else "cached", ha="center", va="center", color="black" if runs else "white"
        )
    axis.set_xticks(range(len(CONTEXT)), CONTEXT, fontsize=8)
    axis.set_yticks(range(len(ran)), [step.instruction.text.split(" --")[0][:24] for step in columns[0]])
    axis.set(title=title, xlabel="file that was edited", ylabel="step")
figure.tight_layout()
show(
    figure,
    "Two tables of steps by edited file. With COPY . . first, an edit of any file makes pip install run again. With the "
    "requirements copied first, only an edit of requirements.txt does; an edit of app.py or README.md runs the last "
    "two steps only.",
)

# %% [markdown]
# One line decides whether every edit costs a download of torch. Even `README.md` did, until a `.dockerignore` keeps
# it out of the context. The context is the folder that you send to the builder; `.dockerignore` names what stays home:
# `.git`, `.env`, data, virtual environments.

# %% [markdown] statement="rebuilt_steps"
# ### Exercise: the layer cache
#
# Write `rebuilt_steps(before, after, changed)`: which steps of `after` run, on a machine that built `before` a minute ago
# and nothing else?
#
# - A step is a pair `(keyword, arguments)`, for example `("RUN", ["pip install torch"])`. `before` and `after` are lists
#   of steps; both begin with the same `FROM`, whose image has not changed.
# - `("COPY", [source, ..., destination])` has one source or more; the **last** argument is the destination. Only `COPY`
#   reads the context. A source is a file (`"app.py"`), a folder with all that is in it (`"src"` or `"src/"`), or `"."` for
#   everything. Sources have no patterns and no leading `./`.
# - `changed` is a list of paths: files that were edited, added or deleted since `before` was built.
# - A step is reused if `before` has an equal step at the same position, all steps before it are reused, and, if it is a
#   `COPY`, none of its sources covers a changed file. All other steps run.
#
# Returns the positions in `after` of the steps that run, from 0, in order. `before` may be longer or shorter.

# %% [markdown] hints="rebuilt_steps"
# <details><summary>Hint 1: the idea</summary>
#
# There is one position at which the cache ends. Find it; the answer is that position and all after it.
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# `enumerate(after)`, `range(position, len(after))`; `str.removesuffix("/")` and `startswith(source + "/")` for folders.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# You return only the COPY that reads the changed file, or you take its destination for a source. And `"src"` does not
# cover `"src2/a.py"`.
#
# </details>


# %% exercise="rebuilt_steps" minutes=10 difficulty=3 question="Q54"
def rebuilt_steps(
    before: list[tuple[str, list[str]]], after: list[tuple[str, list[str]]], changed: list[str]
) -> list[int]:
    """Say which steps of a build run again.

    Args:
        before: the steps that the cache holds.
        after: the steps to build now.
        changed: paths in the context whose contents have changed since.

    Returns:
        Positions in ``after``, from 0, rising.
    """
    ### BEGIN SOLUTION

    def covers(source: str, path: str) -> bool:
        folder = source.removesuffix("/")
        return source in (".", path) or path.startswith(f"{folder}/")

    for position, (keyword, arguments) in enumerate(after):
        is_new = position >= len(before) or before[position] != (keyword, arguments)
        sources = arguments[:-1] if keyword == "COPY" else []
        if is_new or any(covers(source, path) for source in sources for path in changed):
            return list(range(position, len(after)))
    return []
    ### END SOLUTION


# %% test="rebuilt_steps" points=3
steps = [
    ("FROM", ["python:3.12-slim"]),
    ("COPY", ["requirements.txt", "./"]),
    ("RUN", ["pip install -r requirements.txt"]),
    ("COPY", ["src/", "app.py", "/app/"]),
    ("CMD", ["python", "app.py"]),
]
expect(rebuilt_steps, steps, steps, ["src/model.py"]).returns(
    [3, 4],
    mistakes={
        "After the first step that runs, every later one runs too.": [3],
        "You named every COPY: one whose sources have not changed is reused, and what follows one that runs, runs.": [
            1,
            3,
        ],
        "You also counted the steps above: they are reused.": [0, 1, 2, 3, 4],
        "The step that reads the changed file runs itself, too.": [4],
        "src/ covers every file in the folder.": [],
        "Positions count from 0.": [4, 5],
        "Return positions, not steps.": steps[3:],
        "The last argument of COPY is the destination, in the image: only the others are read.": [1, 2, 3, 4],
        "A RUN is reused for as long as its text and all above it stay.": [2, 3, 4],
    },
).leaves_arguments_alone()
expect(rebuilt_steps, steps, steps, []).returns([], cause="Nothing has changed: everything is reused.")
newer = [*steps[:2], ("RUN", ["pip install --no-cache-dir -r requirements.txt"]), *steps[3:]]
expect(rebuilt_steps, steps, newer, []).returns(
    [2, 3, 4],
    mistakes={
        "An instruction with another text is another step: compare before and after.": [],
        "After the first step that runs, every later one runs too.": [2],
    },
)
### BEGIN HIDDEN TESTS
expect(rebuilt_steps, steps, steps, ["requirements.txt"]).returns(
    [1, 2, 3, 4], cause="COPY requirements.txt reads the changed file, and all that follows runs too."
)
expect(rebuilt_steps, steps, steps, ["README.md", "docs/src/a.py"]).returns(
    [], cause="No COPY reads these files: a change that is not copied costs nothing."
)
expect(rebuilt_steps, steps, steps, ["src2/model.py", "app.py.bak", "src.txt"]).returns(
    [], cause="src/ covers src/model.py, not src2/ or src.txt: compare whole parts of a path."
)
expect(rebuilt_steps, steps, steps, ["app.py", "requirements.txt"]).returns([1, 2, 3, 4])
moved = [steps[0], ("COPY", ["a.txt", "b.txt"]), ("RUN", ["cat b.txt"])]
expect(rebuilt_steps, moved, moved, ["b.txt"]).returns(
    [], cause="b.txt is the destination, in the image; only sources are read from the context, and only by COPY."
)
expect(rebuilt_steps, moved, moved, ["a.txt"]).returns([1, 2])
started = [steps[0], ("COPY", ["weights", "/app/"]), ("CMD", ["app.py", "--port"])]
expect(rebuilt_steps, started, started, ["app.py"]).returns(
    [], cause="Only COPY reads the context; CMD names a program."
)
all_at_once = [steps[0], ("RUN", ["apt-get update"]), ("COPY", [".", "."]), ("RUN", ["make"])]
expect(rebuilt_steps, all_at_once, all_at_once, ["deep/down/x"]).returns([2, 3], cause='"." covers every file.')
bare = [steps[0], ("COPY", ["src", "/app/src"])]
expect(rebuilt_steps, bare, bare, ["src/deep/a.py"]).returns([1], cause="A folder covers what is deep in it, too.")
expect(rebuilt_steps, bare, bare, ["src.py", "srcs/a"]).returns([])
expect(rebuilt_steps, steps, [*steps, ("USER", ["10001"])], []).returns(
    [5], cause="A step that the old file did not have is not in the cache."
)
expect(rebuilt_steps, steps, steps[:3], []).returns([], cause="The old file may be longer.")
expect(rebuilt_steps, steps, steps[:3], ["app.py"]).returns([])
swapped = [steps[0], steps[2], steps[1], *steps[3:]]
expect(rebuilt_steps, steps, swapped, []).returns(
    [1, 2, 3, 4], cause="A step stands on those above it: in another place it is another step."
)
without = [steps[0], *steps[2:]]
expect(rebuilt_steps, steps, without, []).returns([1, 2, 3], cause="With one line gone, those below stand elsewhere.")
keyword_only = [steps[0], ("ADD", ["requirements.txt", "./"])]
expect(rebuilt_steps, steps, keyword_only, []).returns([1], cause="The keyword belongs to the instruction.")
rng = fresh_generator(2)
paths = ["app.py", "a/x", "a/y/z", "ab/x", "b", "requirements.txt"]
for _ in range(40):
    pool = [
        ("COPY", ["app.py", "/app/"]),
        ("COPY", ["a", "/app/a/"]),
        ("COPY", ["b", "ab/", "/srv/"]),
        ("COPY", ["requirements.txt", "b"]),
        ("COPY", [".", "/all/"]),
        ("RUN", ["cat app.py"]),
        ("ENV", ["A=1"]),
        ("WORKDIR", ["/app"]),
    ]
    order = rng.permutation(len(pool))[: int(rng.integers(2, 7))]
    old = [("FROM", ["python:3.12"]), *(pool[number] for number in order)]
    new = list(old)
    if rng.integers(0, 2):
        new.insert(int(rng.integers(1, len(new) + 1)), ("RUN", ["date"]))
    elif rng.integers(0, 2):
        del new[int(rng.integers(1, len(new)))]
    edited = [path for path in paths if rng.random() < 0.2]
    texts = ["\n".join(" ".join([keyword, *words]) for keyword, words in some) for some in (old, new)]
    contents = dict.fromkeys(paths, b"old")
    simulated = rebuild(Project(texts[0], contents), Project(texts[1], {**contents, **dict.fromkeys(edited, b"new")}))
    wanted = [position for position, step in enumerate(simulated) if not step.is_cached]
    expect(rebuilt_steps, old, new, edited).returns(wanted)
### END HIDDEN TESTS

# %% [markdown]
# ## 3. The Dockerfile that cannot build
#
# This one stands in many notes and a few books. The project has `app.py`, `requirements.txt`, `weights/model.onnx`, a
# secret `.env`, and a `.dockerignore` that names `.env`.
#
# **Predict.** At which line does the build stop, and why? What else would you change? Count before you run.

# %%
BROKEN = """FROM python
RUN pip install -r requirements.txt
COPY . .
EXPOSE 8000
CMD python app.py
"""
PROJECT = {
    "app.py": b"print('hello')\n",
    "requirements.txt": b"numpy==2.4.6\n",
    "weights/model.onnx": b"\x08\x07",
    ".env": b"API_KEY=example\n",
    ".dockerignore": b".env\n",
}
project = Project(BROKEN, PROJECT)
for finding in (
    *review.builds(project),
    *review.pins_its_base(project),
    *review.works_in(project, "/app"),
    *review.starts(project, [["python", "app.py"]]),
):
    print(f"{finding}\n")

# %% [markdown]
# Line 2 stops the build. The file is on your disk, but a RUN sees only what earlier lines put into the image. That is no
# opinion of a linter: the next cell lets a real builder try it, if there is one. Instead of Python it takes busybox, a
# program of 2 MB that needs no other file, so nothing is downloaded.

# %%
FAILING = """FROM scratch
COPY busybox /bin/busybox
WORKDIR /app
RUN ["/bin/busybox", "wc", "-l", "requirements.txt"]
COPY requirements.txt app.py ./
"""
MENDED = """FROM scratch
COPY busybox /bin/busybox
WORKDIR /app
COPY requirements.txt ./
RUN ["/bin/busybox", "wc", "-l", "requirements.txt"]
COPY app.py ./
"""
# What buildah 1.28 said on Debian 12, for machines without a builder.
RECORDED = {
    "failure": "wc: requirements.txt: No such file or directory",
    "cached": [True, True, True, True, False],
}
busybox = shutil.which("busybox")
with tempfile.TemporaryDirectory() as scratch:
    storage, context = Path(scratch, "storage"), Path(scratch, "context")
    storage.mkdir(), context.mkdir()
    builder = find_builder(storage) if busybox else None
    works = builder is not None
    if works:
        print("Builder:", builder.name)
        shutil.copy(busybox, context / "busybox")
        (context / "requirements.txt").write_text("numpy\n")
        (context / "app.py").write_text(f"print({time.time()})\n")
        (context / "Dockerfile").write_text(FAILING)
        log = builder.build(context, "lesson-failing").log
        failure = next((line for line in log.splitlines() if "No such file" in line), log[-300:])
        (context / "Dockerfile").write_text(MENDED)
        builder.build(context, "lesson-mended")
        (context / "app.py").write_text(f"print({time.time()}, 'edited')\n")
        second = builder.build(context, "lesson-mended")
        real = [step.is_cached for step in second.steps if not step.text.startswith("FROM")]
        works = second.succeeded
    if not works:
        print("No builder with a static busybox works here. Recorded with buildah 1.28 on Debian 12:")
        failure, real = RECORDED["failure"], RECORDED["cached"]
print("The failing build says:", failure)

old = {"busybox": b"", "requirements.txt": b"numpy\n", "app.py": b"1"}
simulated = rebuild(Project(MENDED, old), Project(MENDED, {**old, "app.py": b"2"}))
print("\nThe mended one, after an edit of app.py:")
for step, is_cached in zip(simulated[1:], real, strict=True):
    told = "cached" if step.is_cached else "runs"
    print(f"  simulated: {told:7} real: {'cached' if is_cached else 'runs':7} {step.instruction.text}")

# %% [markdown] statement="mended_dockerfile"
# ### Exercise: mend it
#
# Write `mended_dockerfile()`, which returns the text of a Dockerfile for the project above (`PROJECT` shows its files),
# with these properties:
#
# 1. It builds: nothing reads a file that is not in the image yet.
# 2. Every stage (one is enough) starts from an official `python` image whose tag begins with at least two numbers, such as
#    `python:3.12-slim` or `python:3.12.4-alpine`, or from another stage.
# 3. The working directory is `/app`, set before a line uses a relative path in the image. `app.py`, `requirements.txt` and
#    `weights/model.onnx` are at these paths below `/app`; `.env` is not in the image.
# 4. pip (or uv) installs `requirements.txt`. No layer keeps pip's cache. If you use apt-get, update and install stand in
#    one RUN, which also removes `/var/lib/apt/lists/*`.
# 5. An edit of `app.py`, or of `weights/model.onnx`, alone does not install packages again.
# 6. PID 1 of a container is `python app.py`, exactly these two words, started without a shell.
#
# The text is parsed, not searched: order, spelling and comments are yours, and other instructions may be there. Heredocs
# (`<<EOF`) and `ONBUILD` are not understood.

# %% [markdown] hints="mended_dockerfile"
# <details><summary>Hint 1: the idea</summary>
#
# What changes seldom comes first. Which file does pip need? Copy that one alone, install, then copy the rest.
#
# </details>
# <details><summary>Hint 2: the instructions to look at</summary>
#
# `FROM`, `WORKDIR`, `COPY`, `RUN`, `COPY`, `CMD`. pip's option is `--no-cache-dir`.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# `COPY weights .` copies the *contents* of the folder. And the exec form is JSON: `["python", "app.py"]`, with double
# quotation marks; with single ones Docker takes it for shell text.
#
# </details>


# %% exercise="mended_dockerfile" minutes=10 difficulty=2 question="Q54"
def mended_dockerfile() -> str:
    """Return the text of a Dockerfile for the project of section 3."""
    ### BEGIN SOLUTION
    return """\
FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
EXPOSE 8000
CMD ["python", "app.py"]
"""
    ### END SOLUTION


# %% test="mended_dockerfile" points=3
text = expect(mended_dockerfile).is_a(str, cause="Return the text of the Dockerfile as a str.").value
require_dockerfile(
    "mended_dockerfile()",
    text,
    PROJECT,
    review.builds,
    review.starts_from_python,
    partial(review.works_in, folder="/app"),
    partial(review.ships, folder="/app", files=["app.py", "requirements.txt", "weights/model.onnx"]),
    partial(review.installs, requirements="requirements.txt"),
    review.cleans_up,
    partial(review.keeps_packages_cached, changed="app.py"),
    partial(review.keeps_packages_cached, changed="weights/model.onnx"),
    partial(review.starts, programs=[["python", "app.py"]]),
)
### BEGIN HIDDEN TESTS
require_dockerfile("mended_dockerfile()", text, PROJECT, partial(review.ships_none_of, files=[".env"]))
### END HIDDEN TESTS

# %% [markdown]
# ## 4. PID 1, and why `docker stop` takes ten seconds
#
# A container is one process and its children. That process is **PID 1** of its own numbering. What is it? `ENTRYPOINT`
# and `CMD` are two lists, and PID 1 gets one behind the other. What you write behind the image's name in `docker run`
# takes the place of `CMD`.

# %% [markdown]
# Each has two forms. The **exec form**, a JSON list, is those words. The **shell form**, plain text, becomes
# `["/bin/sh", "-c", "the text"]`: the shell is PID 1 and your program its child.

# %% [markdown]
# `docker stop` sends SIGTERM to PID 1, waits ten seconds, and kills. Two things swallow the signal. A shell does not
# pass it on to its child. And the kernel protects PID 1: a signal that it has no handler for is ignored.
#
# The next cell starts a program as PID 1 of a new PID namespace, as a container does, and stops it, with one second of
# patience. **Predict**, for each of the five: does it end at once?
#
# (1) exec form, no handler; (2) exec form, with a handler; (3) shell form, with a handler; (4) shell form, `exec` in front;
# (5) an init as PID 1, the program below it without a handler.

# %%
DEAF = "import time; print('ready', flush=True); time.sleep(30)"
POLITE = f"import signal, sys; signal.signal(signal.SIGTERM, lambda *_: sys.exit(0)); {DEAF}"
INIT = """import os, signal, sys
child = os.fork()
if child == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
signal.signal(signal.SIGTERM, lambda number, _frame: os.kill(child, number))
os.waitpid(child, 0)"""  # what `docker run --init` puts in front, in short
python = [sys.executable, "-c"]
STARTS = {
    "exec form, no handler": [*python, DEAF],
    "exec form, with a handler": [*python, POLITE],
    "shell form, with a handler": ["/bin/sh", "-c", shlex.join([*python, POLITE])],
    "shell form, exec in front": ["/bin/sh", "-c", "exec " + shlex.join([*python, POLITE])],
    "an init as PID 1, no handler": [*python, INIT, *python, DEAF],
}


def seconds_to_stop(argv: list[str], patience: float) -> float:
    """Start ``argv`` as PID 1 of a new namespace, send SIGTERM, and SIGKILL when the patience is at an end."""
    namespace = ["unshare", "--user", "--map-root-user", "--pid", "--fork", "--kill-child"]
    with subprocess.Popen([*namespace, *argv], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        if process.stdout.readline() != "ready\n":
            raise OSError("no namespaces for normal users here")
        # PID 1 of the new namespace is the only child of unshare, which has a larger number out here.
        pid_1 = int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0])
        start = time.perf_counter()
        os.kill(pid_1, signal.SIGTERM)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()  # and with it, PID 1
        process.wait()
        return time.perf_counter() - start


shell = Path("/bin/sh").resolve().name
try:
    taken = {name: seconds_to_stop(argv, patience=1.0) for name, argv in STARTS.items()}
except (OSError, ValueError, IndexError) as error:
    print(f"Not possible here ({error}). Recorded on Debian 12, where /bin/sh is dash:")
    shell, taken = "dash", dict(zip(STARTS, (1.0, 0.02, 1.0, 0.02, 0.02), strict=True))
figure, axis = plt.subplots(figsize=(8, 2.8))
colours = ["#D55E00" if seconds >= 1 else "#0072B2" for seconds in taken.values()]
axis.barh(list(taken), list(taken.values()), color=colours)
for row, seconds in enumerate(taken.values()):
    axis.text(
        seconds + 0.02, row, "killed" if seconds >= 1 else f"ended by itself, {1000 * seconds:.0f} ms", va="center"
    )
axis.invert_yaxis()
axis.set(title=f"Stopping PID 1; /bin/sh is {shell}", xlabel="seconds from SIGTERM to the end", xlim=(0, 1.6))
show(
    figure,
    "Time from SIGTERM to the end for five ways to start a program. Exec form without a handler and shell form with a "
    "handler use up the whole second and are killed. Exec form with a handler, shell form with exec in front, and a "
    "program below an init end within milliseconds.",
)

# %% [markdown]
# The exec form alone is not enough: a Python program without a handler ignores SIGTERM as PID 1. Handle the signal, or
# let an init be PID 1 (`docker run --init`, `init: true` in Compose).
#
# Whether `sh -c "python app.py"` leaves a shell behind depends on the shell: dash 0.5.12 (Debian) stays, while bash and
# busybox's sh put a single command in their own place. Do not rely on it.

# %% [markdown] statement="process_one"
# ### Exercise: what will PID 1 be?
#
# Write `process_one(entrypoint, cmd, arguments, override)`, which returns the words that PID 1 is started with.
#
# - `entrypoint` and `cmd` are what the Dockerfile says: `None` (not there), a `str` (shell form) or a list of `str` (exec
#   form, possibly empty).
# - A shell form `text` stands for `["/bin/sh", "-c", text]`.
# - `arguments` is the list of words behind the image's name in `docker run`. If it is not empty, it takes the place of
#   `cmd`.
# - `override` is the value of `--entrypoint`, or `None` without this option. It takes the place of `entrypoint` as **one**
#   word; `""` means: no entrypoint. In both cases `cmd` is not used.
# - PID 1 gets the entrypoint's words and behind them those of the arguments, or else of `cmd`. That holds for a shell
#   form, too: its shell is handed these words and drops them.
# - If no words are left, raise `ValueError`.

# %% [markdown] hints="process_one"
# <details><summary>Hint 1: the idea</summary>
#
# Turn both settings into lists first; then there is only one rule left.
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# `isinstance(value, str)`, `list(...)`, and `override is not None`: `""` is a value, too.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# You use `cmd` although `--entrypoint` was given, or you split its text at the spaces.
#
# </details>


# %% exercise="process_one" minutes=10 difficulty=3 question="Q54"
def process_one(
    entrypoint: str | list[str] | None,
    cmd: str | list[str] | None,
    arguments: list[str],
    override: str | None,
) -> list[str]:
    """Say what a container starts (Docker's documentation, "Understand how CMD and ENTRYPOINT interact").

    Args:
        entrypoint: ENTRYPOINT of the image: shell form (str), exec form (list), or None.
        cmd: CMD of the image, likewise.
        arguments: words behind the image's name in ``docker run``.
        override: value of ``--entrypoint``, or None.

    Returns:
        The words of PID 1.

    Raises:
        ValueError: if nothing says what to start.
    """
    ### BEGIN SOLUTION

    def words(setting: str | list[str] | None) -> list[str]:
        if isinstance(setting, str):
            return ["/bin/sh", "-c", setting]
        return setting or []

    if override is None:
        started = words(entrypoint) + (arguments or words(cmd))
    else:
        started = ([override] if override else []) + arguments
    if not started:
        raise ValueError("Neither the image nor the command line says what to start.")
    return started
    ### END SOLUTION


# %% test="process_one" points=2
expect(process_one, ["python", "app.py"], ["--port", "8000"], [], None).returns(
    ["python", "app.py", "--port", "8000"],
    mistakes={
        "CMD stands behind ENTRYPOINT: it is its default arguments.": ["python", "app.py"],
        "ENTRYPOINT is missing: CMD alone is started only if there is none.": ["--port", "8000"],
        "The order is ENTRYPOINT, then CMD.": ["--port", "8000", "python", "app.py"],
    },
).leaves_arguments_alone()
expect(process_one, ["python", "app.py"], ["--port", "8000"], ["--help"], None).returns(
    ["python", "app.py", "--help"],
    mistakes={
        "Arguments take the place of CMD; they are not added to it.": ["python", "app.py", "--port", "8000", "--help"],
        "Arguments take the place of CMD, not of ENTRYPOINT.": ["--help"],
        "Arguments of docker run take the place of CMD.": ["python", "app.py", "--port", "8000"],
    },
)
expect(process_one, None, "python app.py", [], None).returns(
    ["/bin/sh", "-c", "python app.py"],
    mistakes={
        "The shell form is started by a shell: /bin/sh -c, then the text.": ["python", "app.py"],
        "The text is one word behind -c; the shell splits it.": ["/bin/sh", "-c", "python", "app.py"],
    },
)
### BEGIN HIDDEN TESTS
expect(process_one, ["python", "app.py"], ["--port", "8000"], [], "bash").returns(
    ["bash"],
    mistakes={
        "--entrypoint drops CMD, too: it belonged to the old entrypoint.": ["bash", "--port", "8000"],
        "--entrypoint takes the place of ENTRYPOINT.": ["python", "app.py", "--port", "8000"],
    },
)
expect(process_one, ["python"], ["app.py"], ["-c", "id"], "bash").returns(
    ["bash", "-c", "id"], cause="Arguments stand behind the word of --entrypoint."
)
expect(process_one, ["python"], ["app.py"], ["id", "-u"], "").returns(
    ["id", "-u"],
    mistakes={
        "An empty --entrypoint means: no entrypoint.": ["python", "id", "-u"],
        "An empty --entrypoint is no word.": ["", "id", "-u"],
    },
)
expect(process_one, "python app.py", None, [], "sh -c").returns(
    ["sh -c"], cause="--entrypoint is one word: it is neither split nor given to a shell."
)
expect(process_one, "python app.py", ["--port", "8000"], [], None).returns(
    ["/bin/sh", "-c", "python app.py", "--port", "8000"],
    cause="CMD is put behind a shell form as well; the shell drops it, but its words are there.",
)
expect(process_one, "python app.py", "id", [], None).returns(["/bin/sh", "-c", "python app.py", "/bin/sh", "-c", "id"])
expect(process_one, ["tini", "--"], "python app.py", [], None).returns(["tini", "--", "/bin/sh", "-c", "python app.py"])
expect(process_one, "python app.py", None, ["--help"], None).returns(["/bin/sh", "-c", "python app.py", "--help"])
expect(process_one, [], ["sh"], [], None).returns(["sh"])
expect(process_one, None, None, ["id", "-u"], None).returns(["id", "-u"])
expect(process_one, None, ["python"], ["id"], None).returns(["id"])
nothing = "Nothing says what to start: that is a ValueError."
for call in ((None, None, [], None), ([], [], [], None), (["python"], ["app.py"], [], ""), (None, [], [], "")):
    expect(process_one, *call).raises(ValueError, cause=nothing)
rng = fresh_generator(4)
for _ in range(40):
    settings = []
    for _ in range(2):
        count = int(rng.integers(0, 4))
        made = [f"w{rng.integers(100)}" for _ in range(count)]
        settings.append((None, " ".join(["run", *made]), made)[int(rng.integers(3))])
    extra = [f"x{rng.integers(100)}" for _ in range(int(rng.integers(0, 3)))]
    other = (None, None, "", f"o{rng.integers(100)}")[int(rng.integers(4))]
    lists = [["/bin/sh", "-c", s] if isinstance(s, str) else list(s or []) for s in settings]
    first = lists[0] if other is None else [word for word in [other] if word]
    rest = extra if extra or other is not None else lists[1]
    if first + rest:
        expect(process_one, *settings, extra, other).returns(first + rest).leaves_arguments_alone()
    else:
        expect(process_one, *settings, extra, other).raises(ValueError, cause=nothing)
### END HIDDEN TESTS

# %% [markdown]
# ## 5. The GPU: who brings what
#
# The **driver** has two parts that must be of one version: a kernel module, and a library, `libcuda.so`, that talks to it.
# The module can live only in the host's kernel. So the library comes from the host, too. Everything above it, the CUDA
# runtime, cuDNN, torch, comes with the image.

# %% [markdown]
# Between them stands the **NVIDIA Container Toolkit**. When a container starts, it mounts the host's `libcuda.so`,
# `nvidia-smi` and the device files into it.


# %%
def box(axis: plt.Axes, corner: tuple[float, float], size: tuple[float, float], colour: str, text: str) -> None:
    """Draw a labelled box; the units are those of the axis."""
    axis.add_patch(FancyBboxPatch(corner, *size, boxstyle="round,pad=0.02", facecolor=colour, edgecolor="black"))
    axis.text(corner[0] + size[0] / 2, corner[1] + size[1] / 2, text, ha="center", va="center", fontsize=9)


figure, axis = plt.subplots(figsize=(9, 4.6))
box(axis, (0.1, 0.05), (9.8, 0.7), "#DDDDDD", "NVIDIA GPU")
box(axis, (0.1, 0.95), (9.8, 0.7), "#F0E442", "host kernel + NVIDIA kernel module (one of each, for all containers)")
box(axis, (0.1, 1.85), (3.4, 1.0), "#F0E442", "driver's user part on the host:\nlibcuda.so, nvidia-smi")
box(
    axis,
    (3.7, 1.85),
    (6.2, 1.0),
    "#E69F00",
    "Docker daemon + NVIDIA Container Toolkit\n(installed, configured, daemon restarted)",
)
for left, name, rows in (
    (1.6, "container A", ["torch 2.13", "CUDA 13 runtime", "Python 3.12, files of Debian"]),
    (6.0, "container B", ["TensorRT engine", "CUDA 12.4 runtime", "Python 3.10, files of Ubuntu"]),
):
    for row, text in enumerate(rows):
        box(axis, (left, 5.0 - 0.62 * row), (3.4, 0.5), "#56B4E9", text)
    box(axis, (left, 3.14), (3.4, 0.5), "#F0E442", "libcuda.so (mounted from the host)")
    axis.text(left + 1.7, 5.66, name, ha="center", fontsize=10)
axis.set(
    title="Blue comes with the image; yellow is the host's driver; orange starts containers",
    xlim=(0, 10),
    ylim=(0, 5.9),
    xticks=[],
    yticks=[],
)
axis.set(xlabel="one host", ylabel="further from the hardware →")
show(
    figure,
    "A stack. At the bottom the GPU, above it the host's kernel with the NVIDIA module. Above that, on the host, the driver's "
    "libcuda.so and nvidia-smi, and beside them the Docker daemon with the toolkit. On top two containers with their "
    "own torch, CUDA runtime and Python; the libcuda.so in each is mounted from the host.",
)

# %% [markdown]
# Set up a host once, in this order (Ubuntu and Debian):
#
# ```bash
# nvidia-smi                                           # 1. the driver works on the host
# # 2. add NVIDIA's own apt repository (two lines in the toolkit's install guide), then:
# sudo apt-get install nvidia-container-toolkit
# sudo nvidia-ctk runtime configure --runtime=docker   # 3. writes /etc/docker/daemon.json
# sudo systemctl restart docker                        # 4. the daemon reads it
# docker run --rm --gpus all ubuntu nvidia-smi         # 5. check: ubuntu has no nvidia-smi, the toolkit mounts it
# ```
#
# Steps 3 and 4 are the ones that people forget.

# %% [markdown]
# | what you see | what is missing |
# |---|---|
# | `could not select device driver "" with capabilities: [[gpu]]` | toolkit not installed, not configured, or daemon not restarted |
# | `exec: "nvidia-smi": executable file not found in $PATH` | started without `--gpus all` |
# | `Driver/library version mismatch` | the host's driver was updated under a loaded kernel module: reboot |
# | `nvidia-smi` works, `torch.cuda.is_available()` is `False` | if `torch.version.cuda` is `None`, a CUDA build of torch; else, a newer driver |

# %%
facts = {
    "driver's kernel module": Path("/proc/driver/nvidia/version").is_file(),
    "device files": bool(list(Path("/dev").glob("nvidia[0-9]*"))),
    "nvidia-smi": shutil.which("nvidia-smi") is not None,
    "container toolkit (nvidia-ctk)": shutil.which("nvidia-ctk") is not None,
    "torch built for CUDA": torch.version.cuda is not None,
    "torch.cuda.is_available()": torch.cuda.is_available(),
}
for what, there in facts.items():
    print(f"{what:32} {'yes' if there else 'no'}")
if facts["nvidia-smi"]:
    query = ["nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader"]
    print(subprocess.run(query, capture_output=True, text=True).stdout)
else:
    print("On a GPU host with a CUDA build of torch: six times yes. In a container: all but nvidia-ctk.")

# %% [markdown]
# ### Which CUDA on which driver
#
# A driver runs everything built for older CUDA versions. The other direction is limited. Each CUDA **toolkit** comes with
# a driver that knows all of it. Since CUDA 11 a toolkit also runs on older drivers of its **major** version; this is
# called *minor version compatibility*. It has a price: new functions are missing, and PTX (portable code that the driver
# compiles) from the newer toolkit fails.

# %% [markdown]
# The numbers below are NVIDIA's, for Linux. `nvidia-smi` prints a CUDA version as well ("CUDA Version", newer ones "CUDA
# UMD Version"): the newest CUDA that this driver knows in full, not something that is installed.

# %%
# A selection from the CUDA Toolkit Release Notes 13.2, tables 2 and 3 (12.x: 525.60.13 and 11.x: 450.80.02 as in the notes
# for 12.5). A toolkit that is not in this selection counts as not listed.
LEAST_DRIVER = {"11": "450.80.02", "12": "525.60.13", "13": "580"}
DRIVER_OF_TOOLKIT = {
    "11.8": "520.61.05",
    "12.0": "525.60.13",
    "12.1": "530.30.02",
    "12.2": "535.54.03",
    "12.4": "550.54.14",
    "12.6": "560.28.03",
    "12.8": "570.26",
    "12.9": "575.51.03",
    "13.0": "580.65.06",
    "13.1": "590.44.01",
}

# %% [markdown] statement="cuda_support"
# ### Exercise: will it run?
#
# Write `cuda_support(toolkit, driver)`: how far does an NVIDIA driver support a CUDA toolkit? Both are strings, such as
# `"12.4"` and `"535.104.05"`.
#
# - `"full"`: the driver is at least the one in `DRIVER_OF_TOOLKIT`.
# - `"minor"`: it is older than that, but at least the one in `LEAST_DRIVER` for the toolkit's major version.
# - `"none"`: it is older than both.
#
# Versions are compared number by number, as numbers: `"570.124.06"` is newer than `"570.26"`. A driver may have one to
# three numbers; missing ones count as 0. A toolkit has two or three; only the first two count (`"12.4.1"` is `"12.4"`).
# Drivers newer than all tables are fine. A toolkit that `DRIVER_OF_TOOLKIT` does not list raises `ValueError`, and the
# message contains `toolkit` as it was given. Malformed versions are not tested.

# %% [markdown] hints="cuda_support"
# <details><summary>Hint 1: the idea</summary>
#
# Turn a version into something that Python compares number by number. Then two comparisons are enough.
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# `str.split(".")`, `int`, and lists of numbers, which Python compares from the left. For the tables, `dict.get`.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# `"570.124.06" < "570.26"` as text, and `570.124 < 570.26` as floats.
#
# </details>


# %% exercise="cuda_support" minutes=10 difficulty=3 question="Q53"
def cuda_support(toolkit: str, driver: str) -> str:
    """Say how far a driver supports a toolkit (CUDA Toolkit Release Notes, tables 2 and 3).

    Args:
        toolkit: version of the CUDA toolkit in the image.
        driver: version of the host's driver.

    Returns:
        "full", "minor" or "none".

    Raises:
        ValueError: if ``DRIVER_OF_TOOLKIT`` does not list the toolkit.
    """
    ### BEGIN SOLUTION

    def numbers(version: str) -> list[int]:
        return [int(part) for part in version.split(".")]

    major, minor = toolkit.split(".")[:2]
    own = DRIVER_OF_TOOLKIT.get(f"{major}.{minor}")
    if own is None:
        raise ValueError(f"No driver is listed for CUDA {toolkit}.")
    if numbers(driver) >= numbers(own):
        return "full"
    return "minor" if numbers(driver) >= numbers(LEAST_DRIVER[major]) else "none"
    ### END SOLUTION


# %% test="cuda_support" points=3
expect(cuda_support, "12.4", "535.104.05").returns(
    "minor",
    mistakes={
        "Any driver from LEAST_DRIVER of the toolkit's major version on is enough: 525.60.13 runs every 12.x, with limits.": "none",
        "535 is older than 12.4's own driver, 550.54.14: the support has limits.": "full",
    },
)
expect(cuda_support, "12.8", "570.124.06").returns(
    "full",
    mistakes={
        "570.124 is newer than 570.26: compare 124 and 26 as numbers, not as text or as decimals.": "minor",
    },
)
expect(cuda_support, "13.0", "570.26").returns(
    "none",
    mistakes={
        "There is no minor version compatibility across major versions: CUDA 13 needs 580 or newer.": "minor",
    },
)
expect(cuda_support, "11.8", "580.65.06").returns("full", cause="A newer driver runs everything older.")
### BEGIN HIDDEN TESTS
exact = "A driver that is equal to the listed one is enough."
for version, its_driver in DRIVER_OF_TOOLKIT.items():
    expect(cuda_support, version, its_driver).returns("full", cause=exact)
    parts = [int(part) for part in its_driver.split(".")]
    older = ".".join(f"{part:02}" for part in [*parts[:1], parts[1] - 1, 99])
    least = [int(part) for part in LEAST_DRIVER[version.split(".")[0]].split(".")]
    wanted = "minor" if [parts[0], parts[1] - 1, 99] >= least else "none"
    expect(cuda_support, version, older).returns(wanted)
    expect(cuda_support, version, f"{parts[0] + 1}.00").returns("full")
for version, number, wanted in [
    ("12.4", "525.60.13", "minor"),
    ("12.4", "525.60.12", "none"),
    ("12.4", "525.60", "none"),
    ("12.4", "525.105.17", "minor"),
    ("12.0", "525.60.13", "full"),
    ("12.0", "525.60.12", "none"),
    ("11.8", "450.80.02", "minor"),
    ("11.8", "450.80.01", "none"),
    ("11.8", "450.80.2", "minor"),
    ("13.0", "580", "minor"),
    ("13.0", "580.0.0", "minor"),
    ("13.0", "579.99.99", "none"),
    ("13.0", "580.65.06", "full"),
    ("13.1", "580.126.09", "minor"),
    ("13.1", "590.44.01", "full"),
    ("12.8", "570.9", "minor"),
    ("12.8", "570.26.00", "full"),
    ("12.8", "570.26", "full"),
    ("12.9", "600.01", "full"),
    ("12.9", "1000.1.1", "full"),
    ("11.8", "1000", "full"),
]:
    expect(cuda_support, version, number).returns(wanted)
expect(cuda_support, "12.4.1", "550.54.14").returns("full", cause="Of the toolkit only the first two numbers count.")
expect(cuda_support, "12.2.2", "535.54.03").returns("full")
for unknown in ("10.2", "14.0", "12.7", "12.40"):
    expect(cuda_support, unknown, "580.65.06").raises(
        ValueError, mentioning=[unknown], cause="A toolkit that is not listed raises ValueError with its version."
    )
rng = fresh_generator(5)
for _ in range(60):
    version = str(rng.choice(list(DRIVER_OF_TOOLKIT)))
    near = str(rng.choice([*DRIVER_OF_TOOLKIT.values(), *LEAST_DRIVER.values()]))
    wide = np.array([int(part) for part in near.split(".")] + [0] * (2 - near.count(".")))
    wide = np.maximum(wide + rng.integers(-1, 2, 3) * rng.integers(0, 2, 3), 0)
    number = ".".join(str(part) for part in wide)

    def weight(text: str) -> int:
        """A version as one large number."""
        padded = [int(part) for part in text.split(".")] + [0, 0]
        return padded[0] * 10**8 + padded[1] * 10**4 + padded[2]

    given, own, least = weight(number), weight(DRIVER_OF_TOOLKIT[version]), weight(LEAST_DRIVER[version.split(".")[0]])
    wanted = "full" if given >= own else "minor" if given >= least else "none"
    expect(cuda_support, version, number).returns(wanted)
### END HIDDEN TESTS

# %% [markdown]
# **Predict**, before you run: which of the drivers below run CUDA 12.9 at all, and which fully?

# %%
drivers = ["450.80.02", "520.61.05", "525.60.13", "535.54.03", "550.54.14", "570.26", "580.65.06", "590.44.01"]
try:
    table = [[cuda_support(version, driver) for driver in drivers] for version in DRIVER_OF_TOOLKIT]
except NotImplementedError:
    print("Write cuda_support, then run this cell again: the table has a staircase with a wide landing for each major.")
else:
    figure, axis = plt.subplots(figsize=(9, 4.2))
    levels = np.array([[("none", "minor", "full").index(cell) for cell in row] for row in table])
    axis.imshow(levels, cmap="cividis", vmin=0, vmax=2, aspect="auto")
    for (row, column), level in np.ndenumerate(levels):
        axis.text(column, row, table[row][column], ha="center", va="center", color="white" if level == 0 else "black")
    axis.set_xticks(range(len(drivers)), drivers, fontsize=8)
    axis.set_yticks(range(len(DRIVER_OF_TOOLKIT)), list(DRIVER_OF_TOOLKIT))
    axis.set(
        title="Which CUDA runs on which driver (Linux)", xlabel="driver on the host", ylabel="CUDA toolkit in the image"
    )
    show(
        figure,
        "A table of ten CUDA toolkits by eight drivers. Full support begins at each toolkit's own driver, which makes a "
        "staircase. To its left lies minor: for 12.x from driver 525 on, for 11.8 from 450 on, for 13.1 at 580. CUDA 13 has none on "
        "any driver older than 580.",
    )

# %% [markdown]
# torch 2.13 from PyPI brings CUDA 13: on a host with driver 570 it says that the driver is too old. Update the driver, or
# take a build for CUDA 12. Updating CUDA *on the host* changes nothing, because the container brings its own.

# %% [markdown]
# ## 6. Compose: the run command as a file
#
# `docker run --gpus all -p 8080:8000 -v ...` is soon too long to remember. **Compose** keeps it in `compose.yaml`. A GPU is a
# *device reservation*, and one without `capabilities` is not valid. Newer versions also know `gpus: all` for a service.

# %% [markdown]
# First, where it breaks: the `-v $PWD:/app` of many tutorials. A mount lies over a folder like an opaque
# folder: it covers everything there. **Predict:** the host's folder has `app.py` and `README.md`. What does a container of our
# image then see in `/app`?


# %%
def with_mount(files: dict[str, bytes], place: str, host: dict[str, bytes]) -> dict[str, bytes]:
    """Return what a container sees when a folder of the host is mounted at ``place``."""
    outside = {path: data for path, data in files.items() if not path.startswith(f"{place}/")}
    return outside | {f"{place}/{path}": data for path, data in host.items()}


in_image = {path: entry.data for path, entry in seen.items() if entry.kind == "file"}
mounted = with_mount(in_image, "app", {"app.py": b"print('newer')", "README.md": b"# photo-api"})
for title, files in {"image alone": in_image, "with -v $PWD:/app": mounted}.items():
    print(f"{title:18}", [path for path in sorted(files) if path.startswith("app/")])

# %% [markdown]
# `weights.bin` is gone, and so would be compiled extensions and a virtual environment in `/app`. It works on the laptop
# where all of that lies in the folder, and fails elsewhere. Mount data beside the program, read-only.

# %% [markdown] statement="gpu_compose"
# ### Exercise: a service with one GPU
#
# Write `gpu_compose()`, which returns the text of a `compose.yaml` that is valid by the Compose Specification. Its
# service `api`:
#
# 1. runs the image `photo-api:1.0`
# 2. gets **exactly one** NVIDIA GPU, in one request: a device reservation under `deploy`, or an entry under `gpus`. If it
#    names a driver, the driver is `nvidia`.
# 3. is reached at port 8080 of the host; the program listens on 8000 in the container. No other ports.
# 4. sees the host's folder `./models` at `/models`, and cannot write to it
# 5. has nothing else mounted
# 6. has the environment variable `DEVICE` with the value `cuda`
# 7. has an init as PID 1

# %% [markdown] hints="gpu_compose"
# <details><summary>Hint 1: the idea</summary>
#
# Begin with the skeleton `services: api: image:`, then add one property at a time and run the test. It names the first thing
# that is missing; 6 and 7 are looked at only when your work is graded.
#
# </details>
# <details><summary>Hint 2: the keys to look at</summary>
#
# `deploy`, `resources`, `reservations`, `devices` (a list), `driver`, `count`, `capabilities`; `ports`, `volumes`,
# `environment`, `init`. The Compose documentation has a page "Enable GPU support".
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# `devices` directly below the service means device files, not GPUs. In `"8080:8000"` the host stands first. A mount can be
# written to unless it ends in `:ro`. YAML allows no tabs.
#
# </details>


# %% exercise="gpu_compose" minutes=10 difficulty=3 question="Q53"
def gpu_compose() -> str:
    """Return the text of a compose.yaml for the service ``api``."""
    ### BEGIN SOLUTION
    return """\
services:
  api:
    image: photo-api:1.0
    init: true
    environment:
      DEVICE: cuda
    ports:
      - "8080:8000"
    volumes:
      - ./models:/models:ro
    deploy:
      resources:
        reservations:
          devices:
            - driver: nvidia
              count: 1
              capabilities: [gpu]
"""
    ### END SOLUTION


# %% test="gpu_compose" points=3
text = expect(gpu_compose).is_a(str, cause="Return the text of the file as a str, not what it means.").value
wanted = {"image": "photo-api:1.0", "gpus": 1, "ports": {"8080": "8000"}, "mounts": {"/models": "./models"}}
require_compose("gpu_compose()", text, "api", **wanted)
### BEGIN HIDDEN TESTS
require_compose("gpu_compose()", text, "api", environment={"DEVICE": "cuda"}, has_init=True)
### END HIDDEN TESTS

# %% [markdown]
# ## 7. Measure it: what fills an image
#
# **Predict.** Order these by size in this course's own environment: torch, OpenCV, NumPy, Matplotlib, JupyterLab. What share
# of all megabytes has the largest package?

# %%
sizes: dict[str, float] = {}
for distribution in importlib.metadata.distributions():
    paths = [Path(distribution.locate_file(file)) for file in distribution.files or []]
    sizes[distribution.metadata["Name"]] = sum(path.stat().st_size for path in paths if path.is_file()) / 1e6
largest = sorted(sizes, key=sizes.get, reverse=True)[:10]
figure, axis = plt.subplots(figsize=(8, 3.6))
axis.barh(largest, [sizes[name] for name in largest], color="#0072B2")
axis.invert_yaxis()
total = sum(sizes.values())
axis.set(
    title=f"Ten largest of {len(sizes)} packages, {total:.0f} MB in all", xlabel="megabytes on disk", ylabel="package"
)
show(
    figure,
    "Sizes of the ten largest Python packages in the environment that ran this notebook. torch is far ahead of all others; "
    "the next ones, among them OpenCV, transformers and NumPy, are several times smaller.",
)
print(f"torch alone: {sizes['torch'] / total:.0%}; built for CUDA {torch.version.cuda}")

# %% [markdown]
# If the last line says `None`, this is a CPU build of torch. The one from PyPI for Linux adds about 3 GB of CUDA libraries.
# No trick with layers saves what you do not need to install: choose the build first.
#
# What layers can save are the tools. Compilers are needed to *build* wheels, not to run them. A **multi-stage** file has
# several FROMs; only the last stage ships, and takes what it needs by `COPY --from`. What the other stages leave behind,
# caches too, does not ship.

# %% [markdown]
# The worked example is this project's own image, `docker/Dockerfile` in the repository: JupyterLab, with a `cpu` and a `gpu`
# target; without `--target`, the last stage is built. The rules that judge your exercises judge it, too. An `ARG` before the
# first FROM may be used in FROM lines. `EXPOSE` opens nothing: it documents a port.

# %%
course_image = Path("data/course/Dockerfile").read_text()
print(course_image)
names = ("requirements.lock", "pyproject.toml", "README.md", "LICENSE", "autograder/__init__.py", "exercises/a.ipynb")
project = Project(course_image, dict.fromkeys(names, b""))
for target in ("cpu", "gpu"):
    findings = [
        *review.builds(project, target),
        *review.carries_no_driver(project, target),
        *review.ships_no_build_tools(project, target),
        *review.cleans_up(project, target),
        *review.runs_as_a_number(project, target),
        *review.takes_environment(project, "/opt/venv", "requirements.lock", target),
        *review.keeps_packages_cached(project, "exercises/a.ipynb", target),
    ]
    print(f"{target}: {len(findings)} findings; PID 1 is {' '.join(project.walk(target)[-1].argv[:3])} ...")

# %% [markdown] statement="gpu_dockerfile"
# ### Exercise: small, safe, ready for the GPU
#
# The project now has `requirements.txt` (with torch from PyPI, which brings its CUDA libraries), `app.py`,
# `weights/model.onnx` and a secret `.env`; there is no `.dockerignore`. Write `gpu_dockerfile()`, which returns a Dockerfile
# with at least two stages:
#
# 1. Every stage starts from an official Debian-based `python` image, or from another stage. All tags begin with the same
#    two numbers; what follows may differ. (Plain `python:3.12` has compilers, `-slim` has none; Alpine has no torch wheels.)
# 2. An earlier stage makes the virtual environment `/opt/venv` and installs `requirements.txt` into it; the last stage
#    copies `/opt/venv` to `/opt/venv` with `COPY --from`. `python` in the container is that environment's.
# 3. The last stage has working directory `/app`, set before a line of it uses a relative path, with `app.py` and
#    `weights/model.onnx` at these paths below it. `.env` is not in it.
# 4. The last stage installs no build tools. Its layers keep no pip cache; if it uses apt-get, update and install stand in
#    one RUN, which also removes `/var/lib/apt/lists/*`. No stage installs a driver.
# 5. An edit of `app.py` alone installs nothing again.
# 6. PID 1 is `python app.py` (or `/opt/venv/bin/python app.py`), without a shell.
# 7. It runs as a user that is named by a number other than 0.

# %% [markdown] hints="gpu_dockerfile"
# <details><summary>Hint 1: the idea</summary>
#
# Two half files. The first makes a folder full of packages; the second copies that folder, then the program, and says who
# starts what.
#
# </details>
# <details><summary>Hint 2: the instructions to look at</summary>
#
# `FROM ... AS build`, `RUN python -m venv /opt/venv`, `/opt/venv/bin/pip`, `COPY --from=build`, `ENV PATH=...:$PATH`,
# `USER`.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# ENV, WORKDIR and USER of one stage do not reach another: each stage begins with nothing but its FROM. And plain
# `pip` in the first stage is the base image's, not the environment's.
#
# </details>


# %% exercise="gpu_dockerfile" minutes=18 difficulty=4 question="Q53"
def gpu_dockerfile() -> str:
    """Return the text of a Dockerfile with several stages for the project above."""
    ### BEGIN SOLUTION
    return """\
FROM python:3.12-bookworm AS build
RUN python -m venv /opt/venv
WORKDIR /build
COPY requirements.txt ./
RUN /opt/venv/bin/pip install --no-cache-dir -r requirements.txt

FROM python:3.12-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH
WORKDIR /app
COPY --from=build /opt/venv /opt/venv
COPY app.py ./
COPY weights/ weights/
USER 10001
CMD ["python", "app.py"]
"""
    ### END SOLUTION


# %% test="gpu_dockerfile" points=4
GPU_PROJECT = {
    "requirements.txt": b"torch==2.13.0\n",
    "app.py": b"1\n",
    "weights/model.onnx": b"\x08",
    ".env": b"K=1\n",
}
text = expect(gpu_dockerfile).is_a(str, cause="Return the text of the Dockerfile as a str.").value
require_dockerfile(
    "gpu_dockerfile()",
    text,
    GPU_PROJECT,
    review.builds,
    review.starts_from_python,
    review.has_wheels_of_torch,
    partial(review.takes_environment, folder="/opt/venv", requirements="requirements.txt"),
    partial(review.finds_python, folder="/opt/venv"),
    partial(review.works_in, folder="/app"),
    partial(review.ships, folder="/app", files=["app.py", "weights/model.onnx"]),
    partial(review.starts, programs=[["python", "app.py"], ["/opt/venv/bin/python", "app.py"]]),
    review.runs_as_a_number,
    partial(review.keeps_packages_cached, changed="app.py"),
    partial(review.ships_none_of, files=[".env"]),
    review.carries_no_driver,
)
### BEGIN HIDDEN TESTS
require_dockerfile(
    "gpu_dockerfile()",
    text,
    GPU_PROJECT,
    review.ships_no_build_tools,
    review.cleans_up,
)
### END HIDDEN TESTS

# %% [markdown]
# ## 8. One program for CPU and GPU
#
# The same image must run on a laptop and on the server. So the device is decided once, at the start, and passed on. The
# trap is a silent fallback: somebody forgets `--gpus all`, the program takes the CPU, and answers many times slower. If
# the operator *asked* for a GPU, fail, and say what is missing.

# %% [markdown] statement="choose_device"
# ### Exercise: which device?
#
# Write `choose_device(wanted, cuda_devices, has_mps)`, which returns the name of a torch device.
#
# - `cuda_devices` is the number of NVIDIA GPUs that torch sees; `has_mps` says whether Apple's GPU is usable.
# - `wanted` is `"auto"`: `"cuda:0"` if there is one, else `"mps"` if it is usable, else `"cpu"`.
# - `wanted` is `"cpu"`, `"mps"`, `"cuda"` or `"cuda:N"` with a decimal number `N`: that device; `"cuda"` stands for `"cuda:0"`.
#   If it is not there, raise `RuntimeError`, whose message contains `wanted`. Leading zeros, as in `"cuda:01"`, are not
#   tested.
# - Anything else, such as `"gpu"`, `"CUDA"`, `"cuda:"` or `"cuda:-1"`, raises `ValueError`, whose message contains `wanted`.

# %% [markdown] hints="choose_device"
# <details><summary>Hint 1: the idea</summary>
#
# Three cases, one after the other: it may choose; it was asked for something that exists; the rest is an error.
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# `str.removeprefix("cuda:")` and `str.isdecimal()`. With two GPUs the last is `cuda:1`.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# You return `"cpu"` where the operator asked for `"cuda"`. Or `int("-1")` lets a negative number pass.
#
# </details>


# %% exercise="choose_device" minutes=6 difficulty=2 question="Q53"
def choose_device(wanted: str, cuda_devices: int, has_mps: bool) -> str:
    """Decide on which device the program runs.

    Args:
        wanted: "auto", or the name of a device.
        cuda_devices: as ``torch.cuda.device_count()`` returns it.
        has_mps: as ``torch.backends.mps.is_available()`` returns it.

    Returns:
        "cpu", "mps" or "cuda:N".

    Raises:
        RuntimeError: if a device is asked for that is not there.
        ValueError: if ``wanted`` names no device.
    """
    ### BEGIN SOLUTION
    if wanted == "auto":
        return "cuda:0" if cuda_devices else "mps" if has_mps else "cpu"
    name = "cuda:0" if wanted == "cuda" else wanted
    number = name.removeprefix("cuda:")
    is_cuda = name.startswith("cuda:") and number.isdecimal()
    if not is_cuda and name not in ("cpu", "mps"):
        raise ValueError(f"{wanted!r} is no device: use auto, cpu, mps, cuda or cuda:N.")
    if (is_cuda and int(number) >= cuda_devices) or (name == "mps" and not has_mps):
        raise RuntimeError(f"{wanted} was asked for, but is not there. In a container: was it started with --gpus all?")
    return name
    ### END SOLUTION


# %% test="choose_device" points=2
expect(choose_device, "auto", 2, False).returns(
    "cuda:0",
    mistakes={"auto takes a GPU if there is one.": "cpu", "Write the number as well: cuda:0.": "cuda"},
)
expect(choose_device, "auto", 0, False).returns("cpu")
expect(choose_device, "cuda", 1, False).returns("cuda:0", mistakes={"Write the number as well: cuda:0.": "cuda"})
silent = "A GPU was asked for and is not there: fail, and name what was wanted. Nobody notices a silent fallback."
expect(choose_device, "cuda", 0, False).raises(RuntimeError, mentioning=["cuda"], cause=silent)
### BEGIN HIDDEN TESTS
for call, wanted in [
    (("auto", 0, True), "mps"),
    (("auto", 1, True), "cuda:0"),
    (("auto", 8, False), "cuda:0"),
    (("cpu", 4, True), "cpu"),
    (("cpu", 0, False), "cpu"),
    (("mps", 0, True), "mps"),
    (("cuda:0", 1, False), "cuda:0"),
    (("cuda:1", 2, False), "cuda:1"),
    (("cuda:11", 16, True), "cuda:11"),
    (("cuda", 3, True), "cuda:0"),
]:
    expect(choose_device, *call).returns(wanted)
for call in (("cuda:1", 1, False), ("cuda:2", 2, True), ("cuda:0", 0, True), ("mps", 2, False), ("cuda", 0, True)):
    expect(choose_device, *call).raises(RuntimeError, mentioning=[call[0]], cause=silent)
no_name = "This names no device: ValueError, with what was wanted in the message."
for strange in (
    "gpu",
    "CUDA",
    "Cuda:0",
    "cuda:",
    "cuda:-1",
    "cuda:x",
    "cuda:0.5",
    "cuda:1:2",
    "cuda0",
    "cpu:0",
    "auto ",
    "0",
    "12",
    "xcuda:0",
):
    expect(choose_device, strange, 4, True).raises(ValueError, mentioning=[strange], cause=no_name)
expect(choose_device, "", 4, True).raises(ValueError, cause=no_name)
### END HIDDEN TESTS

# %% [markdown]
# Code that follows the device never names one: it asks the tensor. The program below blurs the recovered photograph, and
# runs unchanged on a GPU.


# %%
def box_blur(images: torch.Tensor) -> torch.Tensor:
    """Blur (B, 3, H, W) images with a box of 9 by 9 pixels, on whatever device they are."""
    weight = torch.full((3, 1, 9, 9), 1 / 81, dtype=images.dtype, device=images.device)  # not .cuda()
    return torch.nn.functional.conv2d(images, weight, padding=4, groups=3)


try:
    device = choose_device(
        os.environ.get("DEVICE", "auto"), torch.cuda.device_count(), torch.backends.mps.is_available()
    )
except NotImplementedError:
    device = "cpu"
photograph = cv2.imdecode(recovered, cv2.IMREAD_COLOR)[:, :, ::-1].copy()  # (H, W, 3), RGB
batch = torch.from_numpy(photograph).permute(2, 0, 1)[None].float().to(device) / 255  # (1, 3, H, W)
with torch.inference_mode():
    blurred = box_blur(batch)
pixels = blurred[0].permute(1, 2, 0).cpu().numpy()  # .cpu(): NumPy cannot see a GPU's memory
print("ran on", blurred.device, "· in the host's memory:", pixels.shape, pixels.dtype)

# %% [markdown] statement="strong_answer"
# ### Exercise: your answer
#
# *"Build an image that works with the local GPU. What is in it?"* Answer as you would in the interview, in 150 to 220 words.
# No code, but name commands and settings. 5 points; half of an item earns half its point:
#
# 1. what an image is made of, what is not in it, and what becomes of a deleted file **(1 point)**
# 2. the host's side: driver, toolkit, its configuration, the restart, and the option or setting that asks for a GPU **(1
#    point)**
# 3. which CUDA runs on which driver **(1 point)**
# 4. the Dockerfile: order for the cache, stages, user, exec form and signals (three of the four) **(1 point)**
# 5. how you check that it works, and one failure with its cause **(1 point)**

# %% [markdown] written="strong_answer" points=5 minutes=12 difficulty=3 question="Q53"
# An image is a stack of tar archives, for the steps that changed files, plus a JSON configuration with command,
# environment and user. It has no kernel and no driver. A file that a later step deletes is only covered by a whiteout, so
# secrets never go in.
#
# The driver stays on the host. There I install the NVIDIA Container Toolkit from NVIDIA's repository, run `nvidia-ctk
# runtime configure --runtime=docker`, and restart Docker. A container gets GPUs by `--gpus all`, or in Compose by a device
# reservation with `capabilities: [gpu]`. The toolkit mounts the host's `libcuda.so`; CUDA's runtime comes with the image,
# often inside the torch wheel.
#
# A newer driver runs every older CUDA. For newer ones each major version of CUDA has a least driver, with limits: 525.60.13
# for all of CUDA 12, 580 for 13.
#
# In the Dockerfile I pin the base, copy `requirements.txt` and install before I copy the code, so that an edit does not
# reinstall. A first stage builds a virtual environment; the last one copies it. It runs as a numbered user, in exec form,
# and handles SIGTERM.
#
# I check with `nvidia-smi` in the container and `torch.cuda.is_available()`. If the first works and the second is false,
# I look at `torch.version.cuda`: `None` means a CPU build.

# %% [markdown]
# ## Follow-up questions
#
# <details><summary>What was wrong with the answer at the top?</summary>
#
# (1) A container has no kernel of its own. (2) The driver belongs to the host. (3) pip ran before its file was copied.
# (4) The deleted key is still in a lower layer. (5) `-v $PWD:/app` covers what the image has in `/app`. (6) Without
# `--gpus`, and without a configured toolkit, there is no GPU.
#
# </details>
# <details><summary>Do you need an nvidia/cuda base image?</summary>
#
# Not for torch from PyPI: its wheels depend on packages with the CUDA libraries. You need one to compile CUDA code
# (`-devel`), or for programs that expect CUDA in the system (`-runtime`).
#
# </details>
# <details><summary>The program decodes video on the GPU and finds no decoder. Why?</summary>
#
# The NVIDIA runtime mounts only some of the driver: by default `utility` and `compute`. Set
# `NVIDIA_DRIVER_CAPABILITIES=compute,utility,video`.
#
# </details>

# %% [markdown]
# <details><summary>And with podman?</summary>
#
# There is no daemon to restart. `nvidia-ctk cdi generate --output=/etc/cdi/nvidia.yaml` describes the devices (CDI, the
# Container Device Interface), and `podman run --device nvidia.com/gpu=all` asks for them. Newer Docker versions can use
# CDI as well.
#
# </details>
# <details><summary>Is the rule "everything below runs again" exact?</summary>
#
# It is Docker's documented rule, and on the safe side. BuildKit, the builder behind `docker build` since Docker 23, works
# on a graph: independent stages run side by side, unused ones not at all, and a `COPY --from` is reused if the files that
# it copies came out the same.
#
# </details>

# %% [markdown]
# ## Take-away
#
# - You opened an image: archives and a JSON text. You read a photograph that the image's author had deleted.
# - You put what changes seldom first, and one edit no longer reinstalled everything.
# - You stopped PID 1 in five ways, and found that the exec form alone is not enough.
# - You left the driver on the host, knew the four steps that lead a container to it, and compared versions as numbers.
# - You wrote a Dockerfile of two stages without root, and a program that fails loudly when its GPU is missing.

# %% [markdown]
# **Sources.** Open Container Initiative, "Image Format Specification" 1.1, 2024, chapter "Image Layer Filesystem
# Changeset" · Docker documentation: "Dockerfile reference", "Build cache invalidation", "Enable GPU support" (Compose),
# 2026 · NVIDIA, "Installing the NVIDIA Container Toolkit", 2026 · NVIDIA, "CUDA Toolkit 13.2 Release Notes", 2026, and "CUDA
# Compatibility", release r575, 2025 · Compose Specification and its JSON schema, 2026 · Linux man-pages 6.03,
# pid_namespaces(7), 2023. Photograph and image: `images/SOURCES.toml`, `data/SOURCES.toml`.
