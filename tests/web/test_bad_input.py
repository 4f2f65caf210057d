"""What no form of ours would send: it is refused with a page, and nothing of it is stored."""

from collections.abc import Callable

import pytest
from django.test import Client

from shanhai.ledger.models import Role, Source

from .findings.made import made

Enter = Callable[..., Client]


@pytest.fixture
def source(db: None) -> Source:
    made()
    return Source.objects.get(name="one-2021.txt")


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "9999-12-31"])
@pytest.mark.parametrize("field", ["since", "until", "received_since", "received_until"])
def test_a_day_at_the_end_of_time(signed_in: Enter, source: Source, field: str, day: str) -> None:
    assert signed_in(Role.READER).get("/sources/", {field: day}).status_code == 200
