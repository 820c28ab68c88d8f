# message: The first pixel is not red, green, blue.
def to_rgb(image):
    return image[::-1]
