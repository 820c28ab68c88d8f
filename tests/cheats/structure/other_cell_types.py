# The tests have become text and raw cells.
# deserves: nothing


def mutate(notebook, folder):
    for number, cell in enumerate(notebook.cells):
        if cell.metadata.get("nbgrader", {}).get("locked"):
            cell.cell_type = "raw" if number % 2 else "markdown"
            del cell["outputs"], cell["execution_count"]
