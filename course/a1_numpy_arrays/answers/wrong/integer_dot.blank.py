# message: is not solved yet
def integer_dot(a, b):
    raise NotImplementedError()
