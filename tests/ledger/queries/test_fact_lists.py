"""Lists of facts in every order, page by page; one fact by its address; what stands around it."""

import pytest

from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotAllowed, NotPossible, NotThere
from shanhai.ledger.models import Fact, Pairing, Role
from shanhai.ledger.queries.fact_lists import (
    ORDERS,
    exportable,
    fact_at,
    first_tellings,
    listed,
    portions,
    wanted_facts,
)
from shanhai.ledger.queries.facts import FactFilter
from shanhai.ledger.rights import RIGHTS, Right

ALL = FactFilter()


def walked(actor: Actor, order: str, size: int = 2) -> list[Fact]:
    found: list[Fact] = []
    after = ""
    while True:
        page = listed(actor, ALL, order, after, size)
        found += page.rows
        if not page.after:
            return found
        after = page.after


@pytest.mark.parametrize("order", ["", *ORDERS, *(f"-{name}" for name in ORDERS)])
def test_every_order_walks_all_facts_once(filled: dict[str, Pairing], clerk: Actor, order: str) -> None:
    Fact.objects.filter(pk__in=Fact.objects.values_list("pk", flat=True)[:3]).update(year=None, middle=None)

    found = walked(clerk, order)

    assert sorted(f.pk for f in found) == sorted(Fact.objects.values_list("pk", flat=True))
    if order:
        values = [getattr(f, ORDERS[order.removeprefix("-")]) for f in found]
        known = [v for v in values if v is not None]
        assert values[: len(known)] == sorted(known, reverse=order.startswith("-"))
        assert len(known) >= len(values) - 3


@pytest.mark.parametrize("after", ["x", "1~x", "nan~3", "inf~3", "a b~3", "-1", "9" * 30])
def test_a_forged_cursor_is_refused(filled: dict[str, Pairing], clerk: Actor, after: str) -> None:
    with pytest.raises(NotPossible):
        listed(clerk, ALL, "value", after)


def test_a_forged_order_is_refused(filled: dict[str, Pairing], clerk: Actor) -> None:
    with pytest.raises(NotPossible):
        listed(clerk, ALL, "pairing__name_zh")


def test_an_address_leads_to_the_same_fact_after_rebuilding(filled: dict[str, Pairing], clerk: Actor) -> None:
    fact = Fact.objects.filter(pairing=filled["one"]).first()
    assert fact is not None

    assert fact_at(clerk, "one", fact.key).pk == fact.pk
    with pytest.raises(NotThere):
        fact_at(clerk, "two", fact.key)


def test_another_pairings_fact_is_not_there(filled: dict[str, Pairing], only_two: Actor) -> None:
    fact = Fact.objects.filter(pairing=filled["one"]).first()
    assert fact is not None

    with pytest.raises(NotThere):
        fact_at(only_two, "one", fact.key)


def test_who_may_only_read_exports_nothing(filled: dict[str, Pairing]) -> None:
    reading = Actor("eyes", general=frozenset({Right.READ}))

    with pytest.raises(NotAllowed):
        exportable(reading, access.facts(reading))


def test_what_is_exported_is_of_the_pairings_that_allow_it(filled: dict[str, Pairing]) -> None:
    actor = Actor(
        "both",
        general=frozenset({Right.READ}),
        scoped={filled["two"].pk: RIGHTS[Role.READER]},
    )

    told = exportable(actor, wanted_facts(actor, ALL))

    assert {f.pairing_id for f in told} == {filled["two"].pk}


def test_portions_hold_every_fact_with_its_first_sentence(filled: dict[str, Pairing], clerk: Actor) -> None:
    facts = [f for portion in portions(wanted_facts(clerk, ALL)) for f in portion]
    told = first_tellings(facts)

    assert len(facts) == Fact.objects.count() == len(told)
    for fact in facts:
        first = fact.tellings.filter(supports=True).order_by("pk")[0].statement
        assert (told[fact.pk].statement, told[fact.pk].sha256) == (first.key, first.report.source.sha256)
