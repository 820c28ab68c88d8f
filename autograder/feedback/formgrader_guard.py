"""A Jupyter server extension that closes the doors which formgrader leaves open beside the notebook itself.

Formgrader's pages and every file of a submission are served on the address of the instructor's Jupyter server,
where a script may do what the instructor may. Without this extension, a submitted HTML or SVG file runs its
scripts when it is opened there, and the names in formgrader's addresses and of students become part of its pages
as they are. Enabled by ``jupyter_server_config.d/autograder_formgrader_guard.json``.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from nbconvert.exporters import HTMLExporter
from tornado.httputil import HTTPHeaders, HTTPServerRequest
from tornado.web import Application, OutputTransform

_SUBMITTED_FILE = re.compile(r".*/formgrader/submissions/(?!components/)[^/]+/.+")


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Tell Jupyter where the extension is."""
    return [{"module": __name__}]


def _load_jupyter_server_extension(serverapp: Any) -> None:
    """Do nothing yet: formgrader may not have been loaded."""


async def _start_jupyter_server_extension(serverapp: Any) -> None:
    """Guard formgrader, once all extensions have been loaded and before the first page is asked for."""
    if "nbgrader_exporter" in serverapp.web_app.settings:
        guard(serverapp.web_app)
        serverapp.log.info("Formgrader is guarded against scripts in submissions.")


def guard(web_app: Application) -> None:
    """Make formgrader escape names, and browsers shut scripts of submitted files in."""
    web_app.settings["nbgrader_jinja2_env"].autoescape = True
    web_app.settings["nbgrader_exporter"] = EscapingExporter(web_app.settings["nbgrader_exporter"])
    web_app.add_transform(SandboxSubmittedFiles)


class EscapingExporter:
    """Formgrader's exporter, with the names of students and files escaped, which its template does not do."""

    def __init__(self, exporter: HTMLExporter):
        self._exporter = exporter

    def from_filename(self, filename: str, resources: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """Convert the notebook for formgrader's grading page."""
        escaped = {name: escape(value) if isinstance(value, str) else value for name, value in resources.items()}
        converted: tuple[str, dict[str, Any]] = self._exporter.from_filename(filename, resources=escaped)
        return converted


class SandboxSubmittedFiles(OutputTransform):
    """Lets a browser show a submitted file, but run nothing in it."""

    def __init__(self, request: HTTPServerRequest):
        super().__init__(request)
        self._is_submitted_file = _SUBMITTED_FILE.fullmatch(request.path) is not None

    def transform_first_chunk(
        self, status_code: int, headers: HTTPHeaders, chunk: bytes, finishing: bool
    ) -> tuple[int, HTTPHeaders, bytes]:
        """Add the headers that take a file's rights away."""
        if self._is_submitted_file:
            headers["Content-Security-Policy"] = "sandbox; default-src 'none'; img-src 'self'; frame-ancestors 'self'"
            headers["X-Content-Type-Options"] = "nosniff"
        return status_code, headers, chunk
