def gpu_dockerfile() -> str:
    return """\
ARG PY=3.13
FROM python:${PY} AS packages
ENV VIRTUAL_ENV=/opt/venv PATH=/opt/venv/bin:$PATH
WORKDIR /build
COPY requirements.txt .
RUN python -m venv $VIRTUAL_ENV && pip install -r requirements.txt

FROM python:${PY}-slim AS runtime
WORKDIR /app
COPY --link --from=packages /opt/venv /opt/venv/
ENV PATH="/opt/venv/bin:${PATH}"
COPY --chown=1000:1000 app.py weights/model.onnx /app/
RUN mkdir weights
COPY weights weights
USER 1000:1000
ENTRYPOINT ["/opt/venv/bin/python"]
CMD ["app.py"]
"""
