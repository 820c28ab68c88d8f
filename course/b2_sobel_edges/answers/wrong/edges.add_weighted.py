# message: You averaged the two
def edges(image: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    gx, gy = cv2.Sobel(np.float64(image), cv2.CV_64F, 1, 0), cv2.Sobel(np.float64(image), cv2.CV_64F, 0, 1)
    return np.abs(gx), np.abs(gy), cv2.addWeighted(np.abs(gx), 0.5, np.abs(gy), 0.5, 0)
