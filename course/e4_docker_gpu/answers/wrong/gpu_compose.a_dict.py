# message: Return the text of the file as a str
def gpu_compose():
    return {"services": {"api": {"image": "photo-api:1.0"}}}
