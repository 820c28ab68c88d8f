"""The site of the real course, and small pieces to make sites of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.the_site import build_once


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the site of the real course was built."""
    return build_once(tmp_path_factory.getbasetemp())
