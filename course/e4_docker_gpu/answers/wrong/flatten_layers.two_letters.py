# message: begins with .wh. (two dots) is a whiteout
def flatten_layers(layers):
    merged = {}
    for layer in layers:
        own = {}
        for path, data in layer.items():
            folder, slash, name = path.rpartition("/")
            if name == ".wh..wh..opq":
                gone = [p for p in merged if p.startswith(folder + slash)]
            elif name.startswith(".wh"):
                target = folder + slash + name[4:]
                gone = [p for p in merged if p == target or p.startswith(target + "/")]
            else:
                own[path] = data
                gone = [p for p in merged if p.startswith(path + "/") or path.startswith(p + "/")]
            for p in gone:
                del merged[p]
        merged.update(own)
    return merged
