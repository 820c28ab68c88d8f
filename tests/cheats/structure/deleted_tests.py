# The test cells are deleted.
# deserves: parity=2
# solved: parity


def mutate(notebook, folder):
    notebook.cells = [cell for cell in notebook.cells if not cell.metadata.get("nbgrader", {}).get("locked")]
