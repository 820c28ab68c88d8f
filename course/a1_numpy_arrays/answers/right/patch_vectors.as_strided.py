def patch_vectors(image, shape, step):
    (height, width), (h, w) = image.shape, shape
    if h > height or w > width:
        raise ValueError(f"a window of {shape} does not fit into {image.shape}")
    image = np.ascontiguousarray(image)
    down, right = image.strides
    counts = ((height - h) // step + 1, (width - w) // step + 1)
    windows = np.lib.stride_tricks.as_strided(
        image, (*counts, h, w), (step * down, step * right, down, right), writeable=False
    )
    vectors = windows.reshape(-1, h * w).astype(np.float64)
    vectors -= vectors.mean(axis=1, keepdims=True)
    return vectors.astype(np.float32)
