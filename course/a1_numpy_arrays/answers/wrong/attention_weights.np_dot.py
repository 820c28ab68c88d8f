# message: `np.dot` pairs every matrix
def attention_weights(queries, keys):
    scores = np.dot(queries, np.swapaxes(keys, -1, -2)) / np.sqrt(queries.shape[-1])
    scores = scores - scores.max(axis=-1, keepdims=True)
    powers = np.exp(scores)
    return powers / powers.sum(axis=-1, keepdims=True)
