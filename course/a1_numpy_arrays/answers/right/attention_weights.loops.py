import math


def attention_weights(queries, keys):
    out = np.zeros((*queries.shape[:-1], keys.shape[-2]))
    for index in np.ndindex(queries.shape[:-1]):
        query = queries[index].tolist()
        scores = [sum(x * y for x, y in zip(query, key)) / math.sqrt(len(query)) for key in keys[index[:-1]].tolist()]
        powers = [math.exp(score - max(scores)) for score in scores]
        out[index] = [power / sum(powers) for power in powers]
    return out
