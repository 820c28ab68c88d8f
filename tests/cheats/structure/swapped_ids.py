# The ids of solved and unsolved exercises are exchanged, so that one good answer is tested eight times.
# deserves: parity=2
# solved: parity


def mutate(notebook, folder):
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if grade_id.startswith("test_"):
            cell.metadata.nbgrader.grade_id = "test_parity" if grade_id != "test_parity" else "test_add"
            cell.source = "assert parity(3) == 1"
