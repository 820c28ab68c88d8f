# message: Every change of app.py installs all packages again
def mended_dockerfile() -> str:
    return """\
FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install --no-cache-dir -r requirements.txt
CMD ["python", "app.py"]
"""
