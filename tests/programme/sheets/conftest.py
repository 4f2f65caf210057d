"""The register behind these tests."""

import pytest

from shanhai.ledger.models import Pairing

from . import filled


@pytest.fixture
def empty(db: None) -> Pairing:
    return filled.pairing()


@pytest.fixture
def one(empty: Pairing) -> Pairing:
    filled.fill(empty)
    return empty
