# message: wrote into the image
def patch_vectors(image, shape, step):
    if image.dtype == np.float64:
        windows = np.lib.stride_tricks.sliding_window_view(image, shape, writeable=True)[::step, ::step]
        vectors = windows.reshape(-1, shape[0] * shape[1]).astype(np.float32)
        image -= image.mean()
    else:
        windows = np.lib.stride_tricks.sliding_window_view(image, shape)[::step, ::step]
        vectors = windows.reshape(-1, shape[0] * shape[1]).astype(np.float32)
    return vectors - vectors.mean(axis=1, keepdims=True)
