# message: is not solved yet
def cuda_support(toolkit, driver):
    raise NotImplementedError()
