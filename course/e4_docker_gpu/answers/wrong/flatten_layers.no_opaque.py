# message: covers everything that lower layers have in its folder
def flatten_layers(layers):
    merged = {}
    for layer in layers:
        for path in layer:
            folder, _, name = path.rpartition("/")
            if name.startswith(".wh."):
                t = (folder + "/" if folder else "") + name[4:]
                merged = {p: d for p, d in merged.items() if p != t and not p.startswith(t + "/")}
        merged.update({p: d for p, d in layer.items() if not p.split("/")[-1].startswith(".wh.")})
    return merged
