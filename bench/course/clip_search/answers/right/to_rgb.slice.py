def to_rgb(image):
    return image[:, :, ::-1]
