def clip_loss(images: torch.Tensor, texts: torch.Tensor, log_scale: float) -> torch.Tensor:
    a, b = images.double().numpy(), texts.double().numpy()
    a, b = a / np.linalg.norm(a, axis=1, keepdims=True), b / np.linalg.norm(b, axis=1, keepdims=True)
    table = np.clip(np.exp(log_scale), 0, 100) * (a @ b.T)
    rows, columns = np.logaddexp.reduce(table, axis=1), np.logaddexp.reduce(table, axis=0)
    return torch.tensor(np.mean(rows + columns - 2 * np.diag(table)) / 2, dtype=torch.float32)
