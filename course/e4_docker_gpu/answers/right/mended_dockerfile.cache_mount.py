def mended_dockerfile() -> str:
    return """\
ARG VERSION=3.12
FROM docker.io/library/python:${VERSION}-slim
WORKDIR /srv
WORKDIR /app
RUN --mount=type=cache,target=/root/.cache/pip --mount=type=bind,source=requirements.txt,target=requirements.txt pip install -r requirements.txt
COPY --chown=10001:10001 . /app/
USER 10001
CMD [ "python", "app.py" ]
"""
