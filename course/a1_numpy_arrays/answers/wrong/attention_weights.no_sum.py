# message: These are exponentials
def attention_weights(queries, keys):
    scores = queries @ np.swapaxes(keys, -1, -2) / np.sqrt(queries.shape[-1])
    scores = scores - scores.max(axis=-1, keepdims=True)
    return np.exp(scores)
