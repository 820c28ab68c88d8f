def edges(image: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    p = np.pad(image.astype(np.float64), 1, mode="reflect")
    blurred_down = p[:-2] + 2 * p[1:-1] + p[2:]  # (H, W + 2)
    blurred_across = p[:, :-2] + 2 * p[:, 1:-1] + p[:, 2:]  # (H + 2, W)
    gx = blurred_down[:, 2:] - blurred_down[:, :-2]
    gy = blurred_across[2:] - blurred_across[:-2]
    return abs(gx), abs(gy), abs(gx + 1j * gy)
