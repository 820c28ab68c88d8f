# message: read them row by row
def patch_vectors(image, shape, step):
    windows = np.lib.stride_tricks.sliding_window_view(image, shape)[::step, ::step]
    vectors = windows.swapaxes(2, 3).reshape(-1, shape[0] * shape[1]).astype(np.float32)
    return vectors - vectors.mean(axis=1, keepdims=True)
