# message: removing them in a later RUN does not make it smaller
def gpu_dockerfile() -> str:
    return """\
FROM python:3.12-bookworm AS build
RUN python -m venv /opt/venv
COPY requirements.txt /tmp/
RUN /opt/venv/bin/pip install --no-cache-dir -r /tmp/requirements.txt

FROM python:3.12-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH
WORKDIR /app
COPY --from=build /opt/venv /opt/venv
COPY app.py ./
COPY weights/ weights/
RUN apt-get update && apt-get install -y libgomp1
RUN rm -rf /var/lib/apt/lists/*
USER 10001
CMD ["python", "app.py"]
"""
