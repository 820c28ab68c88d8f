# message: is wrong
def flatten_layers(layers):
    return {"etc/os-release": b"tiny", "app/main.py": b"v2"}
