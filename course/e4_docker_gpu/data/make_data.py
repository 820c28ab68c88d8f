"""Make the image in ``photo-api/``.

Run it as root on Linux, in the environment of the course, after ``apt install buildah busybox-static``::

    python course/e4_docker_gpu/data/make_data.py

Busybox runs the RUN lines from a mount, so that no part of it gets into the image. The layers have a fixed time, so
that another run with the same version of buildah (1.28.2) gives the same digests.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
PHOTOGRAPH = HERE.parent / "images" / "customer.jpg"

MOUNT = "--mount=type=bind,from=tools,source=/bin,target=/bin"
DOCKERFILE = f"""\
FROM scratch AS tools
COPY busybox wheel /bin/

FROM scratch
COPY base/ /
ENV PYTHONUNBUFFERED=1
WORKDIR /app
COPY app/requirements.txt .
RUN {MOUNT} ["/bin/busybox", "cp", "-p", "/bin/wheel", "/usr/lib/photolib"]
COPY app/ .
RUN {MOUNT} ["/bin/busybox", "rm", "-r", "customer.jpg", "token.txt", "logs"]
RUN {MOUNT} ["/bin/busybox", "chown", "-R", "10001:10001", "/app"]
USER 10001
EXPOSE 8000
ENTRYPOINT ["python", "app.py"]
CMD ["--port", "8000"]
"""


def write_context(folder: Path) -> None:
    """Write what the image is built from: text, the photograph, and random bytes where weights would be."""
    rng = np.random.default_rng(0)
    texts = {
        "base/etc/os-release": 'NAME="Tiny"\nID=tiny\nPRETTY_NAME="Tiny, an image that fits into a lesson"\n',
        "base/etc/passwd": "root:x:0:0:root:/root:/bin/sh\napi:x:10001:10001::/app:/bin/sh\n",
        "base/usr/lib/README": "An image of Python would have its libraries here.\n",
        "app/requirements.txt": "photolib==1.0\n",
        "app/app.py": 'print("photo-api: which animal is in this picture?")\n',
        "app/labels.txt": "cat\ndog\nhorse\n",
        "app/logs/yesterday.log": "GET /classify 200\n" * 40,
        "app/token.txt": "an example, no secret\n",
    }
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "wheel").write_bytes(rng.bytes(12_000))
    (folder / "app" / "weights.bin").write_bytes(rng.bytes(24_000))
    shutil.copyfile(PHOTOGRAPH, folder / "app" / "customer.jpg")
    shutil.copyfile("/usr/bin/busybox", folder / "busybox")
    (folder / "busybox").chmod(0o755)


def build_image(target: Path) -> None:
    """Build the image and write it in OCI layout to ``target``."""
    with tempfile.TemporaryDirectory() as scratch:
        context = Path(scratch, "context")
        context.mkdir()
        write_context(context)
        (context / "Dockerfile").write_text(DOCKERFILE, encoding="utf-8")
        storage = ["--root", f"{scratch}/root", "--runroot", f"{scratch}/run", "--storage-driver", "vfs"]
        options = ["--layers", "--isolation", "chroot", "--timestamp", "1700000000", "--tag", "photo-api"]
        subprocess.run(["buildah", *storage, "bud", *options, str(context)], check=True)
        shutil.rmtree(target, ignore_errors=True)
        subprocess.run(["buildah", *storage, "push", "photo-api", f"oci:{target}"], check=True)


if __name__ == "__main__":
    build_image(HERE / "photo-api")
