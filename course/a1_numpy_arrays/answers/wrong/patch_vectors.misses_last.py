# message: The last row and column of windows are missing
def patch_vectors(image, shape, step):
    h, w = shape
    rows = [image[y : y + h, x : x + w].ravel() for y in range(0, image.shape[0] - h, step) for x in range(0, image.shape[1] - w, step)]
    vectors = np.array(rows, dtype=np.float32).reshape(-1, h * w)
    return vectors - vectors.mean(axis=1, keepdims=True)
