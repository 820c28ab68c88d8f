"""Reading and flattening images."""

import gzip
import hashlib
import io
import json
import tarfile
from pathlib import Path

import pytest

from autograder.docker import ImageError, flatten, read_image

LESSON_IMAGE = Path(__file__).parents[2] / "course" / "e4_docker_gpu" / "data" / "photo-api"


def write_layout(folder: Path, layers: list[list[tuple[str, bytes | None]]]) -> None:
    """Write an image; an entry whose contents are None is a folder."""
    blobs = folder / "blobs" / "sha256"
    blobs.mkdir(parents=True)

    def put(data: bytes) -> dict[str, object]:
        digest = hashlib.sha256(data).hexdigest()
        (blobs / digest).write_bytes(data)
        return {"digest": f"sha256:{digest}", "size": len(data)}

    described, diff_ids = [], []
    for layer in layers:
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w") as tar:
            for name, data in layer:
                member = tarfile.TarInfo(name)
                member.type = tarfile.DIRTYPE if data is None else tarfile.REGTYPE
                member.size = len(data or b"")
                tar.addfile(member, io.BytesIO(data or b""))
        diff_ids.append(f"sha256:{hashlib.sha256(buffer.getvalue()).hexdigest()}")
        kind = "application/vnd.oci.image.layer.v1.tar+gzip"
        described.append({"mediaType": kind, **put(gzip.compress(buffer.getvalue()))})
    config = put(json.dumps({"config": {}, "rootfs": {"type": "layers", "diff_ids": diff_ids}}).encode())
    manifest = put(json.dumps({"config": config, "layers": described}).encode())
    (folder / "index.json").write_text(json.dumps({"manifests": [manifest]}))


def seen(tmp_path: Path, *layers: list[tuple[str, bytes | None]]) -> dict[str, bytes]:
    write_layout(tmp_path, list(layers))
    return {path: e.data for path, e in flatten(read_image(tmp_path).layers).items() if e.kind == "file"}


def test_whiteouts_cover_lower_layers_only(tmp_path):
    lower = [("./app", None), ("./app/old", b"1"), ("app/keep", b"2"), ("app2/x", b"3"), ("logs/a/b", b"4")]
    upper = [("app/new", b"5"), ("app/.wh.old", b""), (".wh.logs", b""), ("app2/y", b"6"), ("app2/.wh..wh..opq", b"")]
    assert seen(tmp_path, lower, upper) == {"app/keep": b"2", "app/new": b"5", "app2/y": b"6"}


def test_a_file_takes_the_place_of_a_folder_and_a_folder_of_a_file(tmp_path):
    assert seen(tmp_path, [("a/b", b"1"), ("c", b"2")], [("a", b"3"), ("c", None), ("c/d", b"4")]) == {
        "a": b"3",
        "c/d": b"4",
    }


def test_a_blob_with_other_contents_is_refused(tmp_path):
    write_layout(tmp_path, [[("a", b"1")]])
    layer = read_image(tmp_path).layers[0].digest.removeprefix("sha256:")
    (tmp_path / "blobs" / "sha256" / layer).write_bytes(b"other")
    with pytest.raises(ImageError, match="other contents"):
        read_image(tmp_path)


def test_a_folder_without_an_image(tmp_path):
    with pytest.raises(ImageError, match="Mend: "):
        read_image(tmp_path)


def test_the_image_of_the_lesson():
    image = read_image(LESSON_IMAGE)
    assert [len(layer.files) for layer in image.layers] == [3, 1, 4, 7, 3, 4]
    assert image.layers[4].files == {"app/.wh.customer.jpg": b"", "app/.wh.logs": b"", "app/.wh.token.txt": b""}
    paths = flatten(image.layers)
    assert "app/customer.jpg" not in paths and "app/logs" not in paths
    assert paths["app/weights.bin"].owner == (10001, 10001)
    assert image.config["config"]["Entrypoint"] == ["python", "app.py"]
