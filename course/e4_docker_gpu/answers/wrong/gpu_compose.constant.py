# message: The file is no mapping
def gpu_compose() -> str:
    return "ok"
