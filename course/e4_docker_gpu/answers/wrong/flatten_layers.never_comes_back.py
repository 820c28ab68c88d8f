# message: may come back in a later layer
def flatten_layers(layers):
    merged, gone, opaque = {}, set(), []
    for layer in layers:
        before = dict(merged)
        own = {p: d for p, d in layer.items() if not p.split("/")[-1].startswith(".wh.")}
        for path in layer:
            folder, slash, name = path.rpartition("/")
            if name == ".wh..wh..opq":
                merged = {p: d for p, d in merged.items() if not p.startswith(folder + slash)}
            elif name.startswith(".wh."):
                target = folder + slash + name[4:]
                if target not in own and not any(p.startswith(target + "/") for p in own):
                    gone.add(target)
                merged = {p: d for p, d in merged.items() if p != target and not p.startswith(target + "/")}
            else:
                merged = {p: d for p, d in merged.items() if not p.startswith(path + "/") and not path.startswith(p + "/")}
        merged.update({p: d for p, d in own.items() if p not in gone})
    return merged
