def mended_dockerfile() -> str:
    return """\
FROM python:3.12-slim
WORKDIR /app
COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/
COPY requirements.txt ./
RUN uv pip install --system --no-cache -r requirements.txt
COPY . .
CMD ["python", "app.py"]
"""
