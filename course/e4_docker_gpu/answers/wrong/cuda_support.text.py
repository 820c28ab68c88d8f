# message: compare 124 and 26 as numbers
def cuda_support(toolkit, driver):
    def numbers(v):
        return v

    major, minor = toolkit.split(".")[:2]
    key = major + "." + minor
    if key not in DRIVER_OF_TOOLKIT:
        raise ValueError("unknown toolkit " + toolkit)
    if numbers(driver) >= numbers(DRIVER_OF_TOOLKIT[key]):
        return "full"
    if numbers(driver) >= numbers(LEAST_DRIVER[major]):
        return "minor"
    return "none"
