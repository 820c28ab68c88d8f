# message: but did not do what they say
def flatten_layers(layers):
    merged = {}
    for layer in layers:
        for path, data in layer.items():
            if not path.split("/")[-1].startswith(".wh."):
                merged[path] = data
    return merged
