# message: neither CMD nor ENTRYPOINT
def mended_dockerfile() -> str:
    return """\
FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
EXPOSE 8000
"""
