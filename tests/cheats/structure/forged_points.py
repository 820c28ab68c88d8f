# The metadata says that one exercise is worth a hundred points.
# deserves: parity=2
# solved: parity


def mutate(notebook, folder):
    for cell in notebook.cells:
        if "points" in cell.metadata.get("nbgrader", {}):
            cell.metadata.nbgrader.points = 100
