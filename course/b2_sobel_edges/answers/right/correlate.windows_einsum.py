def correlate(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    kh, kw = kernel.shape
    padded = np.pad(image.astype(np.float64), ((kh // 2, kh // 2), (kw // 2, kw // 2)), mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw))  # (H, W, kh, kw)
    return np.einsum("hwij,ij->hw", windows, kernel.astype(np.float64))
