# message: is not solved yet
def random_unit_vectors(count, dim, seed):
    raise NotImplementedError()
