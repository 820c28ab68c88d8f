# message: There is no FROM
def mended_dockerfile() -> str:
    return ""
