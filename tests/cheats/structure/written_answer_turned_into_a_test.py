# The written answer becomes a code cell that counts as a test and passes.
# deserves: nothing


def mutate(notebook, folder):
    from nbformat.v4 import new_code_cell

    for position, cell in enumerate(notebook.cells):
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "why":
            metadata = {**cell.metadata.nbgrader, "solution": False, "locked": True, "cell_type": "code"}
            notebook.cells[position] = new_code_cell("2.0", metadata={"nbgrader": metadata})
