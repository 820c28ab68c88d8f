# message: requirements.txt is on your disk, but not in the image yet
def mended_dockerfile() -> str:
    return BROKEN
