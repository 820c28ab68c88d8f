# message: returned nothing
def flatten_layers(layers):
    pass
