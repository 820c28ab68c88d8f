def mended_dockerfile() -> str:
    return """\
# syntax=docker/dockerfile:1
FROM python:3.13.1-slim-bookworm
ENV PIP_NO_CACHE_DIR=1
WORKDIR /app
COPY requirements.txt .
RUN pip install --upgrade pip && \\
    python -m pip install -r requirements.txt
COPY weights/ weights/
COPY app.py requirements.txt ./
ENTRYPOINT ["python"]
CMD ["app.py"]
"""
