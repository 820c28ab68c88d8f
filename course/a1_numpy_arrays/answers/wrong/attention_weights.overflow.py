# message: exp overflowed
def attention_weights(queries, keys):
    powers = np.exp(queries @ np.swapaxes(keys, -1, -2) / np.sqrt(queries.shape[-1]))
    return powers / powers.sum(axis=-1, keepdims=True)
