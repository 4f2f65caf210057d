"""The ledger behind these pages."""

import pytest

from shanhai.ledger.models import Pairing

from ..findings.made import made


@pytest.fixture
def pairings(db: None) -> dict[str, Pairing]:
    return made()
