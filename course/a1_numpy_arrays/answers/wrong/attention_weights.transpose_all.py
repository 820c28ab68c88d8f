# message: `.T` reverses all
def attention_weights(queries, keys):
    scores = queries @ keys.T / np.sqrt(queries.shape[-1])
    scores = scores - scores.max(axis=-1, keepdims=True)
    powers = np.exp(scores)
    return powers / powers.sum(axis=-1, keepdims=True)
