def cosine_matrix(a, b):
    if a.shape[1] != b.shape[1]:
        raise ValueError("rows of different sizes")
    a, b = torch.tensor(a, dtype=torch.float64), torch.tensor(b, dtype=torch.float64)
    a = torch.nn.functional.normalize(a, dim=1, eps=1e-300)
    b = torch.nn.functional.normalize(b, dim=1, eps=1e-300)
    return (a @ b.T).numpy()
