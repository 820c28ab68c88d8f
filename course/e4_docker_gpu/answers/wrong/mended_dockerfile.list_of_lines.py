# message: Return the text of the Dockerfile as a str
def mended_dockerfile():
    return ["FROM python:3.12-slim", "WORKDIR /app"]
