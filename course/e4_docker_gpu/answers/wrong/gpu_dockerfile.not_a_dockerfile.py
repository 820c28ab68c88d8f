# message: is no instruction of a Dockerfile
def gpu_dockerfile() -> str:
    return "docker build ."
