def convolve(image, kernel):
    turned = cv2.flip(kernel, -1)
    return cv2.filter2D(image.astype(np.float64), -1, turned, borderType=cv2.BORDER_CONSTANT)
