"""Graders for container files: they parse and follow a build, and never search text for words.

``dockerfile`` parses, ``context`` knows what COPY can see, ``walk`` follows a build without running it, ``cache``
simulates the layer cache, ``review`` has the rules, ``compose`` reads Compose files by their schema, ``image`` reads
and flattens OCI images, and ``builder`` builds for real where a builder is installed.
"""

from autograder.docker.builder import Builder, BuildResult, find_builder
from autograder.docker.cache import CachedStep, rebuild
from autograder.docker.compose import ComposeError, ComposeFile, parse_compose
from autograder.docker.dockerfile import Dockerfile, DockerfileError, Instruction, Stage, parse_dockerfile
from autograder.docker.findings import Finding, require_none
from autograder.docker.image import Entry, Image, ImageError, Layer, flatten, read_image
from autograder.docker.walk import Built, Project

__all__ = [
    "BuildResult",
    "Builder",
    "Built",
    "CachedStep",
    "ComposeError",
    "ComposeFile",
    "Dockerfile",
    "DockerfileError",
    "Entry",
    "Finding",
    "Image",
    "ImageError",
    "Instruction",
    "Layer",
    "Project",
    "Stage",
    "find_builder",
    "flatten",
    "parse_compose",
    "parse_dockerfile",
    "read_image",
    "rebuild",
    "require_none",
]
