# message: Nothing has changed: everything is reused
def rebuilt_steps(before, after, changed):
    return [3, 4]
