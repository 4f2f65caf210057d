"""A folder of drafts for these pages alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shanhai.web.check import running


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.SHANHAI_DRAFTS = tmp_path / "drafts"
    yield settings.SHANHAI_DRAFTS
    running.wait()
