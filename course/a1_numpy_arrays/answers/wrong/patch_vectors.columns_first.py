# message: The windows run down first
def patch_vectors(image, shape, step):
    windows = np.lib.stride_tricks.sliding_window_view(image, shape)[::step, ::step]
    vectors = windows.swapaxes(0, 1).reshape(-1, shape[0] * shape[1]).astype(np.float32)
    return vectors - vectors.mean(axis=1, keepdims=True)
