# message: is wrong
def process_one(entrypoint, cmd, arguments, override):
    if entrypoint is None:
        return ["/bin/sh", "-c", "python app.py"]
    return ["python", "app.py", "--help"] if arguments else ["python", "app.py", "--port", "8000"]
