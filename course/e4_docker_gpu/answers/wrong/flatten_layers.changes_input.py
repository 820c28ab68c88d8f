# message: changed argument 1
def flatten_layers(layers):
    if not layers:
        return {}
    merged = layers[0]
    for layer in layers[1:]:
        for path in layer:
            folder, slash, name = path.rpartition("/")
            if name == ".wh..wh..opq":
                gone = [p for p in merged if p.startswith(folder + slash)]
            elif name.startswith(".wh."):
                target = folder + slash + name[4:]
                gone = [p for p in merged if p == target or p.startswith(target + "/")]
            else:
                gone = [p for p in merged if p.startswith(path + "/") or path.startswith(p + "/")]
            for p in gone:
                del merged[p]
        merged.update({p: d for p, d in layer.items() if not p.split("/")[-1].startswith(".wh.")})
    return merged
