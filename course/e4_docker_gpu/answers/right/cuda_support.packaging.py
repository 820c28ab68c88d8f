from packaging.version import Version


def cuda_support(toolkit, driver):
    key = ".".join(toolkit.split(".")[:2])
    try:
        own = Version(DRIVER_OF_TOOLKIT[key])
    except KeyError as error:
        raise ValueError(f"no entry for {toolkit}") from error
    least = Version(LEAST_DRIVER[key.split(".")[0]])
    return "full" if Version(driver) >= own else "minor" if Version(driver) >= least else "none"
