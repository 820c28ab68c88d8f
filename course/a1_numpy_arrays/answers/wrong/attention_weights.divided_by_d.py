# message: You divided by d, not by its square root
def attention_weights(queries, keys):
    scores = queries @ np.swapaxes(keys, -1, -2) / queries.shape[-1]
    scores = scores - scores.max(axis=-1, keepdims=True)
    powers = np.exp(scores)
    return powers / powers.sum(axis=-1, keepdims=True)
