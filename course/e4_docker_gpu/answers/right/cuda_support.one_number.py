def cuda_support(toolkit, driver):
    def weight(version):
        total = 0
        for part in (version.split(".") + ["0", "0"])[:3]:
            total = total * 1_000_000 + int(part)
        return total

    family, minor, *_ = toolkit.split(".")
    own = DRIVER_OF_TOOLKIT.get(family + "." + minor)
    if own is None:
        raise ValueError(toolkit)
    limits = [weight(LEAST_DRIVER[family]), weight(own)]
    return ("none", "minor", "full")[sum(weight(driver) >= limit for limit in limits)]
