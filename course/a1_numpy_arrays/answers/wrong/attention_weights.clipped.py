# message: You clipped the scores
def attention_weights(queries, keys):
    scores = queries @ np.swapaxes(keys, -1, -2) / np.sqrt(queries.shape[-1])
    powers = np.exp(np.clip(scores, -50, 50))
    return powers / powers.sum(axis=-1, keepdims=True)
