# message: All keys weigh the same
def attention_weights(queries, keys):
    m = keys.shape[-2]
    return np.full((*queries.shape[:-1], m), 1 / m)
