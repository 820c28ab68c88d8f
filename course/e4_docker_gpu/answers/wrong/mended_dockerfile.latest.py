# message: names no version of two numbers
def mended_dockerfile() -> str:
    return """\
FROM python:latest
WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
CMD ["python", "app.py"]
"""
