def attention_weights(queries, keys):
    d = queries.shape[-1]
    scores = np.einsum("...nd,...md->...nm", queries, keys) * d**-0.5
    top = scores.max(axis=-1, keepdims=True)
    log_sum = top + np.log(np.exp(scores - top).sum(axis=-1, keepdims=True))
    return np.exp(scores - log_sum)
