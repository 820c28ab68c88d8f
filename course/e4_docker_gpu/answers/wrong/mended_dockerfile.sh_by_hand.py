# message: ENTRYPOINT and CMD are put one behind the other
def mended_dockerfile() -> str:
    return """\
FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
CMD ["sh", "-c", "python app.py"]
"""
