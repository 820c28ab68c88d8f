def best(scores, k):
    return np.array([sorted(range(len(row)), key=lambda column: -row[column])[:k] for row in scores])
