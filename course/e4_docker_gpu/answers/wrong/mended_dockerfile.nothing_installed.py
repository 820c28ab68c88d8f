# message: No line installs the packages
def mended_dockerfile() -> str:
    return """\
FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt ./
COPY . .
CMD ["python", "app.py"]
"""
