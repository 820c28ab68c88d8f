# message: each query has its own softmax
def attention_weights(queries, keys):
    scores = queries @ np.swapaxes(keys, -1, -2) / np.sqrt(queries.shape[-1])
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()
