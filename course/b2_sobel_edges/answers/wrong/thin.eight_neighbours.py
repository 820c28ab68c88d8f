# message: You looked at all eight neighbours
def thin(magnitude: np.ndarray, sector: np.ndarray) -> np.ndarray:
    padded = np.pad(magnitude, 1)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3)).reshape(*magnitude.shape, 9)
    others = np.delete(windows, 4, axis=2).max(axis=2)
    return np.where(magnitude > others, magnitude, 0)
