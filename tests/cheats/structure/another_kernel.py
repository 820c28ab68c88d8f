# The notebook asks for another kernel and another language.
# deserves: nothing


def mutate(notebook, folder):
    notebook.metadata.kernelspec = {"name": "bash", "display_name": "Bash", "language": "bash"}
    notebook.metadata.language_info = {"name": "bash", "file_extension": ".sh", "mimetype": "text/x-sh"}
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = "true"
