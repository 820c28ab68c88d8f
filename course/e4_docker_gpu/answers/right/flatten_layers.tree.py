def flatten_layers(layers):
    root = {}

    def find(parts, make):
        node = root
        for part in parts:
            if not isinstance(node.get(part), dict):
                if not make:
                    return None
                node[part] = {}
            node = node[part]
        return node

    for layer in layers:
        ordered = sorted(layer, key=lambda path: not path.split("/")[-1].startswith(".wh."))
        for path in ordered:
            *parents, name = path.split("/")
            if name == ".wh..wh..opq":
                node = find(parents, False)
                if node is not None:
                    node.clear()
            elif name.startswith(".wh."):
                node = find(parents, False)
                if node is not None:
                    node.pop(name[len(".wh.") :], None)
            else:
                find(parents, True)[name] = layer[path]

    result = {}

    def collect(node, prefix):
        for name, value in node.items():
            if isinstance(value, dict):
                collect(value, prefix + name + "/")
            else:
                result[prefix + name] = value

    collect(root, "")
    return result
