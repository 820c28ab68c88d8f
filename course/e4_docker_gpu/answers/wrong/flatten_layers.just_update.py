# message: The whiteout itself is no file
def flatten_layers(layers):
    merged = {}
    for layer in layers:
        merged.update(layer)
        for path in list(merged):
            if "/.wh." in path and "opq" not in path:
                target = path.replace("/.wh.", "/")
                for other in list(merged):
                    if other == target or other.startswith(target + "/"):
                        del merged[other]
    return merged
