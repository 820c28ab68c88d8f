# message: The window does not fit into the image
def patch_vectors(image, shape, step):
    h, w = shape
    if h > image.shape[0] or w > image.shape[1]:
        return np.zeros((0, h * w), np.float32)
    windows = np.lib.stride_tricks.sliding_window_view(image, shape)[::step, ::step]
    vectors = windows.reshape(-1, h * w).astype(np.float32)
    return vectors - vectors.mean(axis=1, keepdims=True)
