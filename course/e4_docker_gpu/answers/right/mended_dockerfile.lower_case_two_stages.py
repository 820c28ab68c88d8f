def mended_dockerfile() -> str:
    return """\
from python:3.12 as base
workdir /app
copy requirements.txt /app/requirements.txt
run cd /app && pip install --no-cache-dir --requirement=requirements.txt

from base
copy ["app.py", "/app/"]
copy weights /app/weights
entrypoint ["python", "app.py"]
"""
