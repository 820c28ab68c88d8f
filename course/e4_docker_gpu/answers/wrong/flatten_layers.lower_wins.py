# message: The lower layer won
def flatten_layers(layers):
    merged = {}
    for layer in layers:
        for path in layer:
            folder, _, name = path.rpartition("/")
            prefix = folder + "/" if folder else ""
            if name == ".wh..wh..opq":
                merged = {p: d for p, d in merged.items() if not p.startswith(prefix)}
            elif name.startswith(".wh."):
                t = prefix + name[4:]
                merged = {p: d for p, d in merged.items() if p != t and not p.startswith(t + "/")}
        for path, data in layer.items():
            if not path.split("/")[-1].startswith(".wh."):
                merged.setdefault(path, data)
    return merged
