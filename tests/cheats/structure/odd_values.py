# Cells whose ids, sources and metadata are of other types, or paths.
# deserves: parity=2
# solved: parity


def mutate(notebook, folder):
    import json

    import nbformat

    raw = json.loads(nbformat.writes(notebook))
    raw["cells"][:0] = [
        {"cell_type": "code", "id": "../../../etc", "source": 7, "metadata": {}, "outputs": [], "execution_count": None},
        {"cell_type": "code", "id": "a" * 5000, "source": ["x = 1\n", None], "metadata": [], "outputs": {}},
        {"cell_type": "code", "source": "1", "metadata": {"nbgrader": {"grade_id": {"a": 1}, "grade": "yes"}}},
        {"cell_type": "code", "source": "1", "metadata": {"nbgrader": ["test_add"]}, "outputs": [{"output_type": "x"}]},
        {"cell_type": "code", "source": "1", "metadata": {"nbgrader": {"grade_id": "../../gradebook", "points": "NaN"}}},
        {"cell_type": "task", "source": "1"},
        None,
    ]
    return json.dumps(raw).encode()
