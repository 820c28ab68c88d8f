# message: Not equal to tolerance
def convolve(image, kernel):
    return cv2.filter2D(image.astype(np.float64), -1, kernel, borderType=cv2.BORDER_CONSTANT)
