# message: weights/model.onnx is at /app/model.onnx
def mended_dockerfile() -> str:
    return """\
FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt
COPY app.py ./
COPY weights ./
CMD ["python", "app.py"]
"""
