# message: a file of its own layer stays, wherever its key stands
def flatten_layers(layers):
    merged = {}
    for layer in layers:
        for path, data in sorted(layer.items(), key=lambda item: ".wh..wh..opq" not in item[0]):
            folder, _, name = path.rpartition("/")
            prefix = folder + "/" if folder else ""
            if name == ".wh..wh..opq":
                merged = {p: d for p, d in merged.items() if not p.startswith(prefix)}
            elif name.startswith(".wh."):
                t = prefix + name[4:]
                merged = {p: d for p, d in merged.items() if p != t and not p.startswith(t + "/")}
            else:
                merged[path] = data
    return merged
