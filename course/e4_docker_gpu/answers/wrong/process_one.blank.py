# message: is not solved yet
def process_one(entrypoint, cmd, arguments, override):
    raise NotImplementedError()
