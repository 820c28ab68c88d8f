"""What COPY can see: .dockerignore, and which files a source means."""

import pytest

from autograder.docker.context import meant, visible

FILES = ["a.py", "src/b.py", "src/deep/c.txt", "src2/d.py", ".env", "docs/.env"]


def left(patterns: str) -> list[str]:
    files = {**dict.fromkeys(FILES, b""), ".dockerignore": patterns.encode()}
    return [path for path in visible(files) if path != ".dockerignore"]


@pytest.mark.parametrize(
    ("patterns", "gone"),
    [
        ("", []),
        ("# src", []),
        (".env", [".env"]),
        ("**/.env", [".env", "docs/.env"]),
        ("*.py", ["a.py"]),
        ("**/*.py", ["a.py", "src/b.py", "src2/d.py"]),
        ("/src/", ["src/b.py", "src/deep/c.txt"]),
        ("src?", ["src2/d.py"]),
        ("src\n!src/b.py", ["src/deep/c.txt"]),
        ("!src\nsrc", ["src/b.py", "src/deep/c.txt"]),
        ("*\n!a.py", [path for path in FILES if path != "a.py"]),
    ],
)
def test_dockerignore(patterns, gone):
    assert left(patterns) == [path for path in FILES if path not in gone]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("a.py", {"a.py": "a.py"}),
        ("./a.py", {"a.py": "a.py"}),
        ("src", {"src/b.py": "b.py", "src/deep/c.txt": "deep/c.txt"}),
        ("src/", {"src/b.py": "b.py", "src/deep/c.txt": "deep/c.txt"}),
        ("src/*.py", {"src/b.py": "b.py"}),
        ("missing", {}),
        ("[]", {}),
        ("[ab].py", {"a.py": "a.py"}),
        (".", {path: path for path in FILES}),
    ],
)
def test_sources(source, found):
    assert meant(source, FILES) == found
