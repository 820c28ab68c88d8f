# message: A uint8 cannot hold a negative difference
def patch_vectors(image, shape, step):
    windows = np.lib.stride_tricks.sliding_window_view(image, shape)[::step, ::step]
    vectors = windows.reshape(-1, shape[0] * shape[1])
    mean = vectors.mean(axis=1, keepdims=True).astype(image.dtype)
    return (vectors - mean).astype(np.float32)
