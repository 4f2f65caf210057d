"""Needs and offers: which may fit, and what becomes of both when they are brought together."""

import datetime
from typing import Any

import pytest

from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotAllowed, NotPossible
from shanhai.ledger.models import Entry, Pairing, Role
from shanhai.ledger.rights import RIGHTS
from shanhai.programme.actions.needs import bring_together, follow_up
from shanhai.programme.models import Match, Need
from shanhai.programme.needs.suggesting import Said, suggest
from shanhai.programme.queries.needs import of_pairing

from ..conftest import NOON, Enter, day

NEED = Said("N1", "缺儿科医生一名", "health", ("540329",))
FITS = [
    ("the same words, no place", Said("N2", "可派儿科医生", "health")),
    ("the same place", Said("N2", "超声设备", "health", ("540329",))),
    ("a place around it", Said("N2", "可派儿科医生", "health", ("540300",))),
]
FITS_NOT = [
    ("another area", Said("N2", "缺儿科医生一名", "education")),
    ("another place", Said("N2", "缺儿科医生一名", "health", ("540330",))),
    ("nothing in common", Said("N2", "超声设备", "health")),
]


@pytest.mark.parametrize(("why", "offer"), FITS)
def test_suggested(why: str, offer: Said) -> None:
    assert [s.offer for s in suggest([NEED], [offer])["N1"]] == ["N2"]


@pytest.mark.parametrize(("why", "offer"), FITS_NOT)
def test_not_suggested(why: str, offer: Said) -> None:
    assert suggest([NEED], [offer])["N1"] == []


def test_the_best_comes_first_in_whatever_order() -> None:
    offers = [
        Said("N3", "可派医生", "health"),
        Said("N2", "可派儿科医生", "health"),
        Said("N4", "医生", "health"),
    ]
    told = [s.offer for s in suggest([NEED], offers, most=2)["N1"]]
    assert told == [s.offer for s in suggest([NEED], offers[::-1], most=2)["N1"]] == ["N4", "N2"]


@pytest.fixture
def said(enter: Enter) -> None:
    about: dict[str, Any] = {"area": "health", "said_by": "县卫健委", "day": day("2024-01-10")}
    enter("need", "N1", side="asked", summary="缺儿科医生一名", **about)
    enter("need", "N2", side="offered", summary="可派儿科医生", **about)
    enter("need", "N3", side="asked", summary="缺超声设备", due=day("2024-02-01"), **about)


def test_brought_together_and_followed_up(said: None, pairing: Pairing, clerk: Actor) -> None:
    both = of_pairing(clerk, pairing)
    assert [n.key for n in both.needs] == ["N3", "N1"], "what is due comes first"
    assert [s.offer for s in both.suggested["N1"]] == ["N2"]
    match = bring_together(pairing, "N1", "N2", actor=clerk, due=datetime.date(2024, 6, 1), at=NOON)
    assert set(Need.objects.filter(key__in=("N1", "N2")).values_list("state", flat=True)) == {"matched"}
    assert [m.key for m in of_pairing(clerk, pairing).under_way] == [match.key]
    with pytest.raises(NotPossible, match="not open"):
        bring_together(pairing, "N1", "N2", actor=clerk, at=NOON)
    follow_up(pairing, match.key, "failed", "派不出", actor=clerk, at=NOON)
    assert Need.objects.get(key="N1").state == "open"
    with pytest.raises(NotPossible, match="end"):
        follow_up(pairing, match.key, "done", "", actor=clerk, at=NOON)
    again = bring_together(pairing, "N1", "N2", actor=clerk, at=NOON)
    follow_up(pairing, again.key, "done", "到岗", actor=clerk, at=NOON)
    assert Need.objects.get(key="N1").state == "met"
    assert Entry.objects.filter(subject=f"match:cq-cd/{again.key}").count() == 2


def test_only_the_office_matches(said: None, pairing: Pairing) -> None:
    reviewer = Actor("reviewer", scoped={pairing.pk: RIGHTS[Role.REVIEWER]})
    with pytest.raises(NotAllowed):
        bring_together(pairing, "N1", "N2", actor=reviewer, at=NOON)
    assert not Match.objects.exists()
