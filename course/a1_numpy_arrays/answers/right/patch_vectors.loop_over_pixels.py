def patch_vectors(image, shape, step):
    # a loop over the h * w pixels of a window, not over the windows
    h, w = shape
    if h > image.shape[0] or w > image.shape[1]:
        raise ValueError("the window does not fit")
    last_y, last_x = image.shape[0] - h, image.shape[1] - w
    columns = [image[i : last_y + i + 1 : step, j : last_x + j + 1 : step].ravel() for i in range(h) for j in range(w)]
    vectors = np.stack(columns, axis=1).astype(np.float32)
    return vectors - vectors.mean(axis=1)[:, None]
