# message: is not solved yet
def gpu_dockerfile() -> str:
    raise NotImplementedError()
