# The test cells are rewritten to do nothing, and unlocked.
# deserves: nothing


def mutate(notebook, folder):
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade") and cell.cell_type == "code":
            cell.source = "pass"
            cell.metadata.nbgrader.locked = False
