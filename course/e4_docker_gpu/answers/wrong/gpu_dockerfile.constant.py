# message: There is no FROM
def gpu_dockerfile() -> str:
    return "# done"
