from functools import reduce


def flatten_layers(layers):
    def lay(lower, upper):
        files = {p: d for p, d in upper.items() if not p.split("/")[-1].startswith(".wh.")}
        opaque = tuple(p.removesuffix(".wh..wh..opq") for p in upper if p.split("/")[-1] == ".wh..wh..opq")
        gone = {
            p.rpartition("/")[0] + p.rpartition("/")[1] + p.split("/")[-1][4:]
            for p in upper
            if p.split("/")[-1].startswith(".wh.") and p.split("/")[-1] != ".wh..wh..opq"
        }

        def stays(path):
            parts = path.split("/")
            prefixes = {"/".join(parts[:n]) for n in range(1, len(parts) + 1)}
            if prefixes & gone or prefixes & set(files):
                return False
            if opaque and path.startswith(opaque):
                return False
            return not any(f.startswith(path + "/") for f in files)

        return {p: d for p, d in lower.items() if stays(p)} | files

    return reduce(lay, layers, {})
