# Saved outputs show full points, and tags ask for the cells not to be run or to be allowed to fail.
# deserves: nothing


def mutate(notebook, folder):
    from nbformat.v4 import new_output

    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [new_output("execute_result", {"text/plain": "2.0"}, execution_count=1)]
            cell.execution_count = 1
            cell.metadata.tags = ["skip-execution", "raises-exception", "injected-parameters", "remove-cell"]
