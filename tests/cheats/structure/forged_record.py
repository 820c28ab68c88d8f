# The notebook says that it has been graded already, with the fingerprint of an honest one.
# deserves: nothing


def mutate(notebook, folder):
    import json
    from pathlib import Path

    notebook.metadata.grading = {"fingerprint": "0" * 64, "notes": [], "finished": True, "complete": True}
    for other in Path(folder).parents[2].glob("autograded/*/*/*.ipynb"):
        record = json.loads(other.read_text(encoding="utf-8"))["metadata"].get("grading")
        if record:
            notebook.metadata.grading = record
