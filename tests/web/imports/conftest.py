"""The register behind these pages, and a folder of kept files of their own."""

from pathlib import Path
from typing import Any

import pytest

from programme.sheets import filled
from shanhai.ledger.models import Pairing
from shanhai.web import apart


@pytest.fixture
def one(db: None) -> Pairing:
    made = filled.pairing()
    filled.fill(made)
    return made


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.SHANHAI_IMPORTS = tmp_path / "imports"
    return tmp_path / "imports"


@pytest.fixture(scope="module", autouse=True)
def _processes_end() -> object:
    yield
    apart.stop()
