"""Read an image from an OCI layout: manifest, configuration and layers, every digest checked; and flatten it.

The layout is what ``buildah push IMAGE oci:FOLDER`` and ``skopeo copy`` write: a folder of blobs that are named by the
SHA-256 of their contents.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from posixpath import normpath, split
from typing import Any

WHITEOUT = ".wh."
OPAQUE = ".wh..wh..opq"


class ImageError(ValueError):
    """A folder that holds no image, or one whose contents are not what their names say."""


@dataclass(frozen=True)
class Entry:
    """One entry of a layer's archive.

    Attributes:
        path: relative to the root, without a slash at either end.
        kind: "file", "folder", "link" or "other".
        data: contents of a file; target of a link.
        mode: permission bits.
        owner: numbers of user and group.
    """

    path: str
    kind: str
    data: bytes
    mode: int
    owner: tuple[int, int]


@dataclass(frozen=True)
class Layer:
    """One layer.

    Attributes:
        digest: of the blob, "sha256:...".
        size: bytes of the blob, compressed as it is downloaded.
        entries: the archive's entries in order, whiteouts among them.
        made_by: the instruction that made it, from the configuration's history; "" if it is not told.
    """

    digest: str
    size: int
    entries: tuple[Entry, ...]
    made_by: str

    @property
    def files(self) -> dict[str, bytes]:
        """The contents of its files and whiteouts by path."""
        return {entry.path: entry.data for entry in self.entries if entry.kind == "file"}


@dataclass(frozen=True)
class Image:
    """An image.

    Attributes:
        config: the configuration: what to start, environment, user, history.
        layers: the lowest first.
    """

    config: dict[str, Any]
    layers: tuple[Layer, ...]


def read_image(folder: Path) -> Image:
    """Read the only image of an OCI layout.

    Raises:
        ImageError: if the folder is no such layout, holds no or several images, or a blob is not what its digest says.
    """
    try:
        index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ImageError(f"{folder} has no index.json. Mend: name a folder in OCI layout.") from None
    if len(index["manifests"]) != 1:
        raise ImageError(f"{folder} holds {len(index['manifests'])} images. Mend: name a layout with one.")
    manifest = json.loads(_blob(folder, index["manifests"][0]["digest"]))
    config = json.loads(_blob(folder, manifest["config"]["digest"]))
    makers = [step.get("created_by", "") for step in config.get("history", []) if not step.get("empty_layer")]
    makers += [""] * (len(manifest["layers"]) - len(makers))
    layers = [
        _layer(folder, described, diff_id, maker)
        for described, diff_id, maker in zip(manifest["layers"], config["rootfs"]["diff_ids"], makers, strict=True)
    ]
    return Image(config, tuple(layers))


def flatten(layers: Iterable[Layer]) -> dict[str, Entry]:
    """Lay layers on one another and return the entries that a container sees, by path.

    A whiteout hides what lower layers have, never its own layer, wherever it stands in the archive.
    """
    merged: dict[str, Entry] = {}
    for layer in layers:
        for entry in layer.entries:
            parent, name = split(entry.path)
            if name == OPAQUE:
                _remove(merged, parent, keep_itself=True)
            elif name.startswith(WHITEOUT):
                _remove(merged, normpath(f"{parent}/{name.removeprefix(WHITEOUT)}").lstrip("/"))
            elif entry.kind != "folder" or (entry.path in merged and merged[entry.path].kind != "folder"):
                _remove(merged, entry.path)
        for entry in layer.entries:
            if not split(entry.path)[1].startswith(WHITEOUT):
                merged[entry.path] = entry
    return merged


def _remove(merged: dict[str, Entry], path: str, *, keep_itself: bool = False) -> None:
    inside = f"{path}/" if path else ""
    for name in [name for name in merged if name.startswith(inside) or (name == path and not keep_itself)]:
        del merged[name]


def _blob(folder: Path, digest: str) -> bytes:
    algorithm, _, value = digest.partition(":")
    if algorithm != "sha256":
        raise ImageError(f"{digest}: only sha256 is understood. Mend: write the image with sha256 digests.")
    data = (folder / "blobs" / "sha256" / value).read_bytes()
    if hashlib.sha256(data).hexdigest() != value:
        raise ImageError(f"The blob {digest} has other contents than its name says. Mend: copy the image again.")
    return data


def _layer(folder: Path, described: dict[str, Any], diff_id: str, maker: str) -> Layer:
    blob = _blob(folder, described["digest"])
    kind = described["mediaType"]
    if kind.endswith("gzip"):
        archive = gzip.decompress(blob)
    elif kind.endswith("tar"):
        archive = blob
    else:
        raise ImageError(f"A layer is of the kind {kind}. Mend: write the image with gzip.")
    if f"sha256:{hashlib.sha256(archive).hexdigest()}" != diff_id:
        raise ImageError(f"The layer {described['digest']} does not unpack to {diff_id}. Mend: copy the image again.")
    entries = []
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            file = tar.extractfile(member) if member.isreg() else None
            data = file.read() if file is not None else member.linkname.encode()
            what = "file" if member.isreg() else "folder" if member.isdir() else "link" if member.linkname else "other"
            path = normpath(member.name).strip("/")
            entries.append(
                Entry("" if path == "." else path, what, data, member.mode & 0o7777, (member.uid, member.gid))
            )
    return Layer(described["digest"], len(blob), tuple(entries), maker)
