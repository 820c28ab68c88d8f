# message: The mean was cut to a whole grey level
def patch_vectors(image, shape, step):
    windows = np.lib.stride_tricks.sliding_window_view(image, shape)[::step, ::step]
    vectors = windows.reshape(-1, shape[0] * shape[1])
    return vectors.astype(np.float32) - vectors.mean(axis=1, keepdims=True).astype(image.dtype)
