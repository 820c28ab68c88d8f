# message: A Python step per window
def patch_vectors(image, shape, step):
    h, w = shape
    if h > image.shape[0] or w > image.shape[1]:
        raise ValueError("the window does not fit")
    rows = []
    for y in range(0, image.shape[0] - h + 1, step):
        for x in range(0, image.shape[1] - w + 1, step):
            window = image[y : y + h, x : x + w].astype(np.float32)
            rows.append((window - window.mean()).ravel())
    return np.array(rows)
