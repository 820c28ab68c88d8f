# message: is not solved yet
def rebuilt_steps(before, after, changed):
    raise NotImplementedError()
