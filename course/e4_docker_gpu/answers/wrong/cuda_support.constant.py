# message: is wrong
def cuda_support(toolkit, driver):
    return "minor"
