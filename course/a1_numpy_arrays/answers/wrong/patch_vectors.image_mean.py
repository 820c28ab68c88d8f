# message: not the image's
def patch_vectors(image, shape, step):
    windows = np.lib.stride_tricks.sliding_window_view(image, shape)[::step, ::step]
    return (windows.reshape(-1, shape[0] * shape[1]) - image.mean()).astype(np.float32)
