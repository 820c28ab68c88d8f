# message: A toolkit that is not listed raises ValueError
def cuda_support(toolkit, driver):
    def numbers(v):
        parts = [int(p) for p in v.split(".")]
        return tuple(parts + [0] * (3 - len(parts)))

    major, minor = toolkit.split(".")[:2]
    key = major + "." + minor
    if numbers(driver) >= numbers(DRIVER_OF_TOOLKIT[key]):
        return "full"
    if numbers(driver) >= numbers(LEAST_DRIVER[major]):
        return "minor"
    return "none"
