# message: it wants a number
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
RUN useradd api
USER api
CMD ["python", "app.py"]
"""
