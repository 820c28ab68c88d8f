# Each test is repeated before and after itself with a harmless text and the same id.
# deserves: nothing


def mutate(notebook, folder):
    import copy

    cells = []
    for cell in notebook.cells:
        copies = [cell]
        if cell.metadata.get("nbgrader", {}).get("locked"):
            harmless = copy.deepcopy(cell)
            harmless.source = "1 + 1"
            copies = [harmless, cell, copy.deepcopy(harmless)]
        cells += copies
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    notebook.cells = cells
