"""Records of the register by the API: as the register keeps them, for who may see them."""

from collections.abc import Callable

import pytest

from shanhai.ledger.models import Pairing, Role

from ..register.made import registered
from .conftest import Caller

Enter = Callable[..., Caller]


@pytest.fixture
def one(db: None) -> Pairing:
    return registered()


def test_records_are_told_as_they_are_kept(one: Pairing, caller: Enter) -> None:
    who = caller(Role.READER, one)

    listed = who.get("/records/one/money?limit=2")
    rest = who.get(f"/records/one/money?limit=2&cursor={listed.data['next']}")
    found = who.get("/records/one/project/QS-01").data

    assert [row["key"] for row in listed.data["items"] + rest.data["items"]] == ["E1", "E2", "E3"]
    assert rest.data["next"] is None
    assert listed.data["items"][1]["values"]["amount"] == "150000.50"
    assert (found["revision"], found["withdrawn"], found["kind"]) == (1, False, "project")
    assert (found["values"]["team"], found["values"]["status"]) == ("T10", "2")
    assert who.get("/records/one/project?withdrawn=true").data["items"] == []


def test_people_and_other_pairings_are_not_there(one: Pairing, caller: Enter) -> None:
    reader = caller(Role.READER, one)
    stranger = caller(Role.OFFICE, Pairing.objects.get(key="two"))

    assert reader.get("/records/one/member").status == 404
    assert reader.get("/records/one/member/Y1").status == 404
    assert stranger.get("/records/one/member").status == 404
    assert stranger.get("/records/one/project").status == 404
    assert stranger.get("/records/one/project/QS-01").status == 404
    assert stranger.get("/records/two/project").data["items"] == []


@pytest.mark.parametrize(
    "path",
    [
        "/records/one/nothing",
        "/records/one/project/none",
        "/records/none/project",
        "/records/one/pairing/one",
    ],
)
def test_what_is_not_there(one: Pairing, caller: Enter, path: str) -> None:
    assert caller(Role.ADMINISTRATOR).get(path).status == 404
