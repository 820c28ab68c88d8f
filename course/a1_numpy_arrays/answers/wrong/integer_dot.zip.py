# message: zip drops the rest
def integer_dot(a, b):
    return sum(int(x) * int(y) for x, y in zip(a, b))
