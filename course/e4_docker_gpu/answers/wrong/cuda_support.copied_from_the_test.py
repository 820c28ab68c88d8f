# message: is wrong
def cuda_support(toolkit, driver):
    table = {("12.4", "535.104.05"): "minor", ("12.8", "570.124.06"): "full", ("13.0", "570.26"): "none"}
    return table.get((toolkit, driver), "full")
