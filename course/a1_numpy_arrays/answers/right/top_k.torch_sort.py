def top_k(query, vectors, k):
    if k < 0:
        raise ValueError("negative k")
    scores = (torch.as_tensor(vectors) * torch.as_tensor(query)).sum(dim=1)
    values, order = torch.sort(scores, descending=True, stable=True)
    return order[:k].numpy(), values[:k].numpy()
