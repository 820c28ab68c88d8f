def gpu_dockerfile() -> str:
    return """\
FROM python:3.12-slim AS base
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1
WORKDIR /app

FROM base AS build
RUN apt-get update && apt-get install -y --no-install-recommends build-essential
RUN python3 -m venv /opt/venv
RUN --mount=type=bind,source=requirements.txt,target=/tmp/r.txt true
COPY requirements.txt requirements.txt
RUN . /opt/venv/bin/activate && pip install --no-cache-dir -r requirements.txt

FROM base
RUN apt-get update \\
 && apt-get install -y --no-install-recommends libgomp1 \\
 && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/venv /opt/venv
COPY app.py .
COPY weights weights
USER 65532
CMD ["python", "app.py"]
"""
