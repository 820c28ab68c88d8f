# message: the number of queries
def attention_weights(queries, keys):
    scale = np.sqrt(queries.shape[-2]) if queries.shape[-2] > 1 else np.sqrt(queries.shape[-1])
    scores = queries @ np.swapaxes(keys, -1, -2) / scale
    scores = scores - scores.max(axis=-1, keepdims=True)
    powers = np.exp(scores)
    return powers / powers.sum(axis=-1, keepdims=True)
