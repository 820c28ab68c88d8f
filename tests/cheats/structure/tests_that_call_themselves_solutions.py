# Tests are marked as solutions or as ungraded, with new checksums, so that nobody overwrites them.
# deserves: nothing


def mutate(notebook, folder):
    for cell in notebook.cells:
        options = cell.metadata.get("nbgrader", {})
        if options.get("locked"):
            options.update(solution=True, locked=False, grade=True, checksum="0" * 32, task=False)
            cell.source = "2.0"
        elif options:
            options.update(grade=True, points=5, solution=True, checksum="0" * 32)
