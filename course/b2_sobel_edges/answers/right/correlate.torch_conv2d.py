def correlate(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    kh, kw = kernel.shape
    wide = image.astype(np.float64)
    padded = cv2.copyMakeBorder(wide, kh // 2, kh // 2, kw // 2, kw // 2, cv2.BORDER_REFLECT_101)
    batch = torch.from_numpy(padded)[None, None]
    weights = torch.from_numpy(kernel.astype(np.float64))[None, None]
    return torch.nn.functional.conv2d(batch, weights)[0, 0].numpy()
