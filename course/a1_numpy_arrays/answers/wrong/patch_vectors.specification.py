# message: A Python step per window
def patch_vectors(image, shape, step):
    if shape[0] > image.shape[0] or shape[1] > image.shape[1]:
        raise ValueError("the window does not fit")
    return slow_patch_vectors(image, shape, step)
