"""What no form of ours would send: it is refused with a page, and nothing of it is stored."""

from collections.abc import Callable

import pytest
from django.test import Client

from shanhai.ledger.models import Collection, Role, Source

from .findings.made import made

Enter = Callable[..., Client]


@pytest.fixture
def source(db: None) -> Source:
    made()
    return Source.objects.get(name="one-2021.txt")


@pytest.mark.parametrize("field", ["name", "into", "out"])
def test_nul_in_a_field_is_refused(signed_in: Enter, source: Source, field: str) -> None:
    """PostgreSQL takes none; SQLite would keep it, and the ledger could not move to PostgreSQL any more."""
    client = signed_in(Role.OFFICE)

    answer = client.post(f"/sources/{source.sha256}/collections", {field: "专\0题"})

    assert answer.status_code == 400
    assert "空字符" in answer.content.decode()
    assert not Collection.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "/pairings/?name=%00",
        "/accounts/?name=%00",
        "/facts/%00/x/",
        "/facts/?pairing=%00",
        "/findings/?pairing=%00",
    ],
)
def test_nul_in_an_address_is_refused(signed_in: Enter, source: Source, address: str) -> None:
    answer = signed_in(Role.ADMINISTRATOR, language="en").get(address)

    assert answer.status_code == 400
    assert "NUL" in answer.content.decode()


@pytest.mark.parametrize("address", ["/static/%00", "/static/frame/%00.css", "/%00", "/sources/%00/"])
def test_nul_in_a_path_is_no_fault(signed_in: Enter, address: str) -> None:
    assert signed_in(Role.READER).get(address).status_code in (400, 404)


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "9999-12-31"])
@pytest.mark.parametrize("field", ["since", "until", "received_since", "received_until"])
def test_a_day_at_the_end_of_time(signed_in: Enter, source: Source, field: str, day: str) -> None:
    assert signed_in(Role.READER).get("/sources/", {field: day}).status_code == 200
