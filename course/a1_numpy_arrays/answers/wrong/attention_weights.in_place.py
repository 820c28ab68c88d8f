# message: changed argument 1
def attention_weights(queries, keys):
    queries /= np.sqrt(queries.shape[-1])
    scores = queries @ np.swapaxes(keys, -1, -2)
    scores = scores - scores.max(axis=-1, keepdims=True)
    powers = np.exp(scores)
    return powers / powers.sum(axis=-1, keepdims=True)
