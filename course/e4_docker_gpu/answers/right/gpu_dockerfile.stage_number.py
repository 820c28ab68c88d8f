def gpu_dockerfile() -> str:
    return """\
FROM python:3.12-bookworm
COPY requirements.txt .
RUN ["python", "-m", "venv", "/opt/venv"]
RUN ["/opt/venv/bin/python", "-m", "pip", "install", "-r", "requirements.txt"]

FROM python:3.12-slim-bookworm
WORKDIR /app
COPY --from=0 /opt/venv /opt/venv
COPY ["app.py", "weights", "./"]
COPY ["weights/model.onnx", "weights/model.onnx"]
USER 1234
ENTRYPOINT ["/opt/venv/bin/python", "app.py"]
"""
