# The learner has moved the exercises, each with its tests, and run the cells out of order.
# solved: everything
# deserves: everything


def mutate(notebook, folder):
    def name_of(cell):
        return cell.metadata.get("nbgrader", {}).get("grade_id", "").removeprefix("test_").rstrip("_2")

    moved = [cell for cell in notebook.cells if name_of(cell) == "relu"]
    rest = [cell for cell in notebook.cells if name_of(cell) != "relu"]
    place = next(index for index, cell in enumerate(rest) if name_of(cell) == "add")
    notebook.cells = rest[:place] + moved + rest[place:]
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            cell.execution_count = 100 - number
