# message: Float images have fractions
def patch_vectors(image, shape, step):
    windows = np.lib.stride_tricks.sliding_window_view(image.astype(np.int64), shape)[::step, ::step]
    vectors = windows.reshape(-1, shape[0] * shape[1])
    return (vectors - vectors.mean(axis=1, keepdims=True)).astype(np.float32)
