# message: A layer holds only what changed
def flatten_layers(layers):
    return {p: d for p, d in layers[-1].items() if not p.split("/")[-1].startswith(".wh.")}
