# A file that claims ten gigabytes, and thousands of small ones.
# deserves: parity=2
# solved: parity


def mutate(notebook, folder):
    with open(folder / "huge.bin", "wb") as file:
        file.truncate(10 * 2**30)
    (folder / "many").mkdir()
    for number in range(2000):
        (folder / "many" / f"{number}.txt").write_text("x")
