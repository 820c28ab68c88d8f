"""Compose files: the schema's verdict with line and place, and what services ask for."""

import hashlib
from pathlib import Path

import pytest

import autograder.docker.compose as compose_module
from autograder.docker import ComposeError, parse_compose
from autograder.docker.grading import require_compose
from autograder.expect import Mismatch

GOOD = """\
services:
  api:
    image: photo-api:1.0
    init: true
    environment: [DEVICE=cuda]
    ports: ["127.0.0.1:8080:8000/tcp"]
    volumes:
      - {type: bind, source: ./models, target: /models, read_only: true}
    deploy:
      resources:
        reservations:
          devices:
            - capabilities: [gpu]
              device_ids: ["0"]
"""
WANTED = {
    "image": "photo-api:1.0",
    "gpus": 1,
    "ports": {"8080": "8000"},
    "mounts": {"/models": "./models"},
    "environment": {"DEVICE": "cuda"},
    "has_init": True,
}


def test_the_schema_is_the_recorded_one():
    schema = Path(compose_module.__file__).with_name("compose-spec.json").read_bytes()
    assert hashlib.sha256(schema).hexdigest() == "d549057ebc2925f39f62799eab0db7b9e2c18b35b6c00595199116da3ed10e64"


def test_a_good_file():
    require_compose("mine()", GOOD, "api", **WANTED)


def test_short_and_long_forms_mean_the_same():
    gpus = parse_compose("services:\n  api:\n    image: x\n    gpus:\n      - {driver: nvidia, count: 1}\n")
    (request,) = gpus.gpu_requests("api")
    assert (request.driver, request.count, request.is_gpu) == ("nvidia", 1, True)
    everything = parse_compose(
        "services:\n  api:\n    image: x\n    gpus: all\n    ports: [8000]\n    volumes: [/data]\n"
    )
    assert everything.gpu_requests("api")[0].count is None
    assert (everything.ports("api")[0].published, everything.ports("api")[0].target) == ("", "8000")
    assert (everything.mounts("api")[0].source, everything.mounts("api")[0].target) == ("", "/data")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("services:\n\tapi: x\n", ["line 2", "not YAML"]),
        ("just words\n", ["no mapping"]),
        ("services:\n  api:\n    image: x\n    image: y\n", ["line 4", "twice"]),
        ("services:\n  api:\n    imagee: x\n", ["line 3", "no key imagee"]),
        ("services:\n  api: {gpus: {count: 1}}\n", ["line 2", "services.api.gpus", "[{driver: nvidia"]),
        ("services:\n  api:\n    image: x\n    gpus: 1\n", ["line 4", "services.api.gpus: 1", "not take this value"]),
        ("services:\n  api:\n    image: x\n    gpus: [{capabilities: gpu}]\n", ["capabilities: [gpu]"]),
        ("services:\n  api:\n    image: x\n    environment: A=1\n", ["line 4", "{NAME: value}"]),
        ("services:\n  api:\n    imagee: x\n    gpus: 1\n", ["line 4", "services.api.gpus"]),
        ("services:\n  api: {volumes: [{source: x}]}\n", ["'type' is a required", "add the key type"]),
        ("services:\n  api: &a\n    image: x\n    x-again: *a\n", ["line 2", "never ends"]),
        (
            GOOD.replace("capabilities: [gpu]\n              ", ""),
            ["line 13", "'capabilities' is a required property", "add capabilities: [gpu]"],
        ),
    ],
)
def test_mistakes_name_line_and_place(text, words):
    with pytest.raises(ComposeError) as caught:
        parse_compose(text)
    assert all(word in str(caught.value) for word in [*words, "Mend: "]), str(caught.value)


@pytest.mark.parametrize(
    ("text", "instead", "words"),
    [
        ("photo-api:1.0", "photo-api", ["line 3", "The image is not"]),
        ('device_ids: ["0"]', "count: all", ["line 13", "all GPUs"]),
        ('device_ids: ["0"]', "count: 2", ["2 GPUs"]),
        ('device_ids: ["0"]', "driver: amd", ["line 14", "not NVIDIA's"]),
        ('device_ids: ["0"]', "count: some", ["line 14", "neither a number nor all"]),
        ("[gpu]", "[tpu]", ["No capability is gpu"]),
        ("8080:8000", "8000:8080", ["line 6", "the host's port comes first"]),
        (", read_only: true", "", ["line 8", "can write"]),
        ("source: ./models", "source: models", ["name of a volume"]),
        ("target: /models", "target: /data", ["Nothing is mounted"]),
        ("DEVICE=cuda", "DEVICE=cpu", ["line 5", "DEVICE is not cuda"]),
        ("init: true", "init: false", ["line 4", "init"]),
        ("  api:", "  web:", ["no service api"]),
    ],
)
def test_what_is_missing_is_named(text, instead, words):
    with pytest.raises(Mismatch) as caught:
        require_compose("mine()", GOOD.replace(text, instead), "api", **WANTED)
    assert all(word in str(caught.value) for word in words), str(caught.value)
