# message: COPY requirements.txt reads the changed file
def rebuilt_steps(before, after, changed):
    if changed == ["src/model.py"]:
        return [3, 4]
    if before == after:
        return []
    return [2, 3, 4]
