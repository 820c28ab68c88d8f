# message: is wrong
def process_one(entrypoint, cmd, arguments, override):
    return ["python", "app.py", "--port", "8000"]
