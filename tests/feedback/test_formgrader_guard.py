"""The server extension: what it changes, and that Jupyter finds it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment
from tornado.httputil import HTTPHeaders, HTTPServerRequest, RequestStartLine
from tornado.web import Application

from autograder.feedback import formgrader_guard
from autograder.feedback.formgrader_guard import SandboxSubmittedFiles, guard


def test_jupyter_is_told_of_the_guard() -> None:
    folder = Path(formgrader_guard.__file__).parents[1] / "jupyter" / "jupyter_server_config.d"
    settings = folder / "autograder_formgrader_guard.json"
    assert json.loads(settings.read_text(encoding="utf-8")) == {
        "ServerApp": {"jpserver_extensions": {formgrader_guard.__name__: True}}
    }


class _Exporter:
    def from_filename(self, filename: str, resources: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        return filename, resources


def test_names_are_escaped_in_formgraders_pages_and_numbers_stay_numbers() -> None:
    application = Application(nbgrader_jinja2_env=Environment(), nbgrader_exporter=_Exporter())
    guard(application)
    settings = application.settings
    assert settings["nbgrader_jinja2_env"].from_string('"{{ x }}"').render(x='";x//') == '"&#34;;x//"'
    filename, resources = settings["nbgrader_exporter"].from_filename("<a>.ipynb", {"student": "<b>", "index": 3})
    assert (filename, resources) == ("<a>.ipynb", {"student": "&lt;b&gt;", "index": 3})
    assert SandboxSubmittedFiles in application.transforms


@pytest.mark.parametrize(
    ("path", "is_shut_in"),
    [
        ("/formgrader/submissions/abc/page.html", True),
        ("/user/me/formgrader/submissions/abc/deep/er/drawing.svg", True),
        ("/formgrader/submissions/abc/", False),
        ("/formgrader/submissions/abc", False),
        ("/formgrader/submissions/components/jquery.js", False),
        ("/formgrader/static/js/utils.js", False),
        ("/lab", False),
    ],
)
def test_only_submitted_files_are_shut_in(path: str, is_shut_in: bool) -> None:
    transform = SandboxSubmittedFiles(
        HTTPServerRequest(start_line=RequestStartLine("GET", path, "HTTP/1.1"), headers=HTTPHeaders(Host="x"))
    )
    _, headers, chunk = transform.transform_first_chunk(200, HTTPHeaders(), b"x", True)
    assert headers.get("Content-Security-Policy", "").startswith("sandbox;") == is_shut_in
    assert chunk == b"x"
