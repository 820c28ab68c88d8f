# message: You named every COPY
def rebuilt_steps(before, after, changed):
    return [number for number, step in enumerate(after) if changed and step[0] == "COPY"]
