def recall_at_k(similarity: torch.Tensor, image_of_text: list[int], k: int) -> tuple[float, float]:
    table, owner = similarity.numpy().astype(np.float64), np.array(image_of_text)
    own = np.arange(len(table))[:, None] == owner
    of_text = np.where(own, table, 0).sum(0)
    of_image = np.where(own, table, -np.inf).max(1)
    before_text = (~own & (table >= of_text)).sum(0)
    before_image = (~own & (table >= of_image[:, None])).sum(1)
    return float(np.mean(before_text < k)), float(np.mean(before_image < k))
