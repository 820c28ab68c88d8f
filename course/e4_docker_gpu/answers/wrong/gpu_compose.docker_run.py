# message: is not
def gpu_compose() -> str:
    return "docker run --gpus all photo-api:1.0"
