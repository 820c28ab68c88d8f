def prompt_ensemble(features: torch.Tensor) -> torch.Tensor:
    votes = features.numpy().astype(np.float64)
    votes = votes / np.sqrt(np.sum(votes**2, axis=-1, keepdims=True))
    mean = np.average(votes, axis=1)
    return torch.tensor(mean / np.linalg.norm(mean, axis=-1)[:, None], dtype=torch.float32)
