# message: returned nothing
def mended_dockerfile() -> str:
    pass
