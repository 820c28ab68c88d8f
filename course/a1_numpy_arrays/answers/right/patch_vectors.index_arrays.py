def patch_vectors(image, shape, step):
    h, w = shape
    if h > image.shape[0] or w > image.shape[1]:
        raise ValueError("the window does not fit")
    y = np.arange(0, image.shape[0] - h + 1, step)[:, None, None, None] + np.arange(h)[:, None]
    x = np.arange(0, image.shape[1] - w + 1, step)[:, None, None] + np.arange(w)
    vectors = image[y, x].reshape(-1, h * w) * 1.0
    return (vectors - vectors.sum(axis=1)[:, None] / (h * w)).astype(np.float32)
