def recall_at_k(similarity: torch.Tensor, image_of_text: list[int], k: int) -> tuple[float, float]:
    table, found, hits = similarity.tolist(), 0, 0
    for m, n in enumerate(image_of_text):
        rivals = [table[i][m] for i in range(len(table)) if i != n]
        found += sum(value >= table[n][m] for value in rivals) < k
    for n, row in enumerate(table):
        best = max(value for m, value in enumerate(row) if image_of_text[m] == n)
        hits += sum(value >= best for m, value in enumerate(row) if image_of_text[m] != n) < k
    return found / len(image_of_text), hits / len(table)
