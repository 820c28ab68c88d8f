# File names that a careless program takes for options, patterns or other folders.
# deserves: parity=2
# solved: parity


def mutate(notebook, folder):
    for name in ("-rf", "--help", "*", "a\nb.txt", "$(touch cheated)", "..\\..\\up.txt", "x" * 250, "caf\u00e9\u202e.txt", " "):
        (folder / name).write_text("x")
    deep = folder
    for _ in range(100):
        deep = deep / "deep"
    deep.mkdir(parents=True)
    (deep / "file.txt").write_text("x")
