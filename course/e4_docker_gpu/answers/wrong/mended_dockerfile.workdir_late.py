# message: There is no WORKDIR yet
def mended_dockerfile() -> str:
    return """\
FROM python:3.12-slim
COPY requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt
WORKDIR /app
COPY . .
CMD ["python", "app.py"]
"""
