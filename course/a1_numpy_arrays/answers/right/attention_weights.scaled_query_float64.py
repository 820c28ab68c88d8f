def attention_weights(queries, keys):
    scaled = queries.astype(np.float64) / np.sqrt(queries.shape[-1])
    scores = np.matmul(scaled, np.moveaxis(keys, -1, -2))
    scores -= np.max(scores, axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= np.sum(scores, axis=-1, keepdims=True)
    return scores
