"""The meter over stored projects, held against a plain recomputation over the same rows."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from programme.conftest import Enter
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing
from shanhai.programme.actions.records import Refused as NotEntered
from shanhai.programme.actions.records import withdraw
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import CoFunding, Countable, MoneyEvent, Project, Term
from shanhai.programme.shares import kept
from shanhai.programme.shares.credit import Why
from shanhai.programme.shares.held import Basis
from shanhai.programme.shares.reading import Meters, Scope, stored, supposed
from shanhai.programme.shares.reading import meters as meters_of
from shanhai.programme.shares.refused import refused, told_of
from shanhai.programme.shares.what_if import Change, Reclassified
from shanhai.reasoning.rules.meter import Standing

pytestmark = pytest.mark.django_db
SINCE, UNTIL = datetime.date(2022, 7, 20), datetime.date(2025, 7, 19)


@pytest.fixture
def programme(project: Enter, money: Enter, enter: Enter) -> None:
    project("X1", planned="100", umbrella="是")
    project("X2", planned="60", parent="X1", level="county", livelihood="part", livelihood_share="50%")
    project("X3", planned="40", parent="X1", level="prefecture", livelihood="whole")
    project("X4", planned="50", level="below")
    project("X5", planned="70", level="county", livelihood="whole")
    enter("cofunding", "C1", project="X4", funder="县财政", share="20%")
    enter("cofunding", "C2", project="X5", funder="企业")
    money("E1", "arrived", "30", project="X2")
    money("E2", "arrived", "10", project="X3")
    money("E3", "spent", "30", project="X2")
    money("E4", "arrived", "99")


def meters(
    pairing: Pairing, since: datetime.date, until: datetime.date, what_if: Sequence[Change] = (), **told: Any
) -> Meters:
    scope = Scope(pairing, **told)
    measured = stored(scope)
    return meters_of(scope, since, until, supposed(scope, measured, what_if) if what_if else measured)


def listed(found: Meters) -> list[tuple[str, str, Decimal | None]]:
    """What is refused, project by project."""
    return [
        (one.key, one.why.value, one.amount)
        for why in Why
        for one in told_of(found.scope, why, refused(found.scope, why))
    ]


def of(found: Meters) -> dict[str, tuple[Decimal | None, Decimal | None, Standing | None]]:
    return {m.key: (m.certain, m.possible, m.standing) for m in found.meters}


def test_planned(programme: None, pairing: Pairing) -> None:
    found = meters(pairing, SINCE, UNTIL)
    rows = {p.key: p for p in Project.objects.all()}
    certain = rows["X2"].planned + rows["X3"].planned + rows["X4"].planned * Decimal("0.8")
    assert (found.total.certain, found.total.possible) == (certain, certain + 70)
    assert listed(found) == [("X1", "umbrella", 100), ("X4", "others_share", 10), ("X5", "unknown_share", 70)]
    assert [(r.why.value, r.amount, r.projects) for r in found.refused] == [
        ("umbrella", 100, 1),
        ("others_share", 10, 1),
        ("unknown_share", 70, 1),
    ]
    # with X5 at nothing and in full: 100 of 140, 170 of 210
    assert of(found)["county_share"] == (Decimal("71.428571"), Decimal("80.952381"), Standing.OPEN)
    # X4 is not classified: 70 of 140 at least, 180 of 210 at most
    assert of(found)["livelihood_share"] == (Decimal(50), Decimal("85.714286"), Standing.OPEN)


def test_arrived(programme: None, pairing: Pairing) -> None:
    found = meters(pairing, SINCE, UNTIL, basis=Basis.ARRIVED)
    told = MoneyEvent.objects.filter(stage="arrived", project__isnull=False).values_list(
        "project__key", "amount"
    )
    assert {c.project.key: c.arrived for c in Countable.objects.filter(arrived_why="")} == dict(told)
    assert found.total.certain == sum(dict(told).values())
    assert [(r.why.value, r.amount, r.projects) for r in found.refused if r.amount] == [("no_project", 99, 0)]
    assert of(found)["county_share"] == (75, 75, Standing.BROKEN)
    assert of(found)["livelihood_share"] == (Decimal("62.5"), Decimal("62.5"), Standing.BROKEN)


def test_what_if(programme: None, pairing: Pairing) -> None:
    found = meters(pairing, SINCE, UNTIL, basis=Basis.ARRIVED, what_if=[Reclassified("X3", level="county")])
    assert of(found)["county_share"] == (100, 100, Standing.MET)
    assert Project.objects.get(key="X3").level == "prefecture"


def test_withdrawn_projects_are_in_no_total(programme: None, pairing: Pairing, clerk: Actor) -> None:
    withdraw(KINDS["cofunding"], pairing, "C2", actor=clerk, why="误录")
    withdraw(KINDS["project"], pairing, "X5", actor=clerk, why="重复")
    assert not Countable.objects.filter(project__key="X5").exists()
    assert meters(pairing, SINCE, UNTIL).total.possible == 60 + 40 + 50 * Decimal("0.8")


def test_time_without_a_version(programme: None, pairing: Pairing) -> None:
    early = meters(pairing, datetime.date(1995, 1, 1), datetime.date(1996, 1, 1))
    assert {m.standing for m in early.meters} == {None}


def test_place_without_a_rule(programme: None, pairing: Pairing) -> None:
    pairing.receiving_code = ""
    assert {m.standing for m in meters(pairing, SINCE, UNTIL).meters} == {None}


def test_shares_of_funders_above_one_are_refused_and_none_of_the_money_is_added(
    project: Enter, enter: Enter, pairing: Pairing
) -> None:
    """At entry by name and sum; in rows that came another way the whole amount is refused, and never less than nothing."""
    project("X1", planned="100", level="county")
    project("X2", planned="30", parent="X1")
    project("X3", planned="50", level="county")
    enter("cofunding", "C1", project="X1", funder="县财政", share="70%")
    with pytest.raises(NotEntered, match="110%"):
        enter("cofunding", "C2", project="X1", funder="企业", share="40%")
    assert meters(pairing, SINCE, UNTIL).total.certain == 50 + 30 * Decimal("0.3")

    one = Project.objects.get(key="X1")
    CoFunding.objects.create(pairing=pairing, key="C2", project=one, funder="企业", share="0.4")
    kept.renew(pairing, [one.pk])
    found = meters(pairing, SINCE, UNTIL)
    assert (found.total.certain, found.total.possible) == (50, 50)
    assert listed(found) == [("X1", "parent", 100), ("X2", "others_share", 30)]
    assert found.refused[1].amount == 30


def test_a_term_counts_nothing_that_another_term_counts(
    project: Enter, enter: Enter, pairing: Pairing
) -> None:
    """A project over two terms, its parts entered in each: the terms come to what the pairing does."""
    for key, batch, starts, ends in (
        ("P1", "9", "2019-07-20", "2022-07-19"),
        ("P2", "10", "2022-07-20", "2025-07-19"),
    ):
        enter("term", key, batch=batch, starts=starts, ends=ends)
    project("X1", planned="100", term="P1", level="county")
    project("X2", planned="60", term="P2", parent="X1", level="county")
    project("X3", planned="7", term="P1")
    enter("cofunding", "C1", project="X1", funder="县财政", share="50%")
    whole = meters(pairing, SINCE, UNTIL)
    terms = [meters(pairing, SINCE, UNTIL, term=t) for t in Term.objects.order_by("batch")]
    assert [t.total.certain for t in terms] == [7, 30]
    assert whole.total.certain == 37
    assert [(r.why.value, r.amount) for r in terms[0].refused] == [("parent", 100)]
