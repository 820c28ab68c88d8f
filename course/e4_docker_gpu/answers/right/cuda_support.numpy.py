def cuda_support(toolkit, driver):
    def pad(version):
        out = np.zeros(3, int)
        parts = np.array(version.split("."), int)
        out[: parts.size] = parts
        return out.tolist()

    key = ".".join(toolkit.split(".")[0:2])
    if key in DRIVER_OF_TOOLKIT:
        steps = [("full", DRIVER_OF_TOOLKIT[key]), ("minor", LEAST_DRIVER[key.partition(".")[0]])]
        return next((name for name, least in steps if pad(driver) >= pad(least)), "none")
    raise ValueError(f"CUDA {toolkit} is not in the table")
