# message: Count the positions
def patch_vectors(image, shape, step):
    return np.array([[-30, -20, -10, 10, 20, 30]] * 4, dtype=np.float32)
