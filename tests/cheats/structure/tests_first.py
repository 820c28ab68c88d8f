# The tests are moved to the top, before anything that they could fail on is defined.
# deserves: nothing


def mutate(notebook, folder):
    tests = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("locked")]
    rest = [cell for cell in notebook.cells if cell not in tests]
    notebook.cells = tests + rest
