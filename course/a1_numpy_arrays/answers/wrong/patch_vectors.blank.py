# message: is not solved yet
def patch_vectors(image, shape, step):
    raise NotImplementedError()
