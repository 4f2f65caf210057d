"""The ledger behind these pages, and a folder of drafts of their own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shanhai.ledger.models import Pairing
from shanhai.web.check import running

from ..findings.made import made


@pytest.fixture
def pairings(db: None) -> dict[str, Pairing]:
    return made()


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.SHANHAI_DRAFTS = tmp_path / "drafts"
    yield settings.SHANHAI_DRAFTS
    running.wait()
