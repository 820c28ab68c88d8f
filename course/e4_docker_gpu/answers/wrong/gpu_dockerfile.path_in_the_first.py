# message: does not come first in PATH
def gpu_dockerfile() -> str:
    return """\
FROM python:3.12-bookworm AS build
ENV PATH=/opt/venv/bin:$PATH
RUN python -m venv /opt/venv
COPY requirements.txt /tmp/
RUN /opt/venv/bin/pip install --no-cache-dir -r /tmp/requirements.txt

FROM python:3.12-slim-bookworm
WORKDIR /app
COPY --from=build /opt/venv /opt/venv
COPY app.py ./
COPY weights/ weights/
USER 10001
CMD ["python", "app.py"]
"""
