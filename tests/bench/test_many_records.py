"""The register of the benchmark: its derived rows, made by SQL, are those that the register itself derives."""

import pytest
from bench.many_records import EVENTS_OF_PROJECT, fill

from shanhai.ledger.models import Pairing
from shanhai.programme.derived import renew_all
from shanhai.programme.models import Balance, Countable, Flow


@pytest.mark.django_db
def test_derived_rows_are_those_that_the_register_derives() -> None:
    assert fill(60) == 60 * EVENTS_OF_PROJECT
    by_sql = _rows()
    for pairing in Pairing.objects.all():
        renew_all(pairing)
    assert _rows() == by_sql
    assert any(idle_lots for *_, idle_lots in by_sql[0])
    assert {"", "parent"} <= set(Countable.objects.values_list("planned_why", flat=True))
    assert Countable.objects.filter(own="0.7").exists()


def _rows() -> tuple[list[tuple[object, ...]], ...]:
    balances = (
        "project", "currency", "promised", "committed", "arrived", "paid_on", "spent", "returned", "idle", "idle_since", "idle_until",
        "idle_lots",
    )  # fmt: skip
    flows = ("pairing", "month", "stage", "plan", "form", "currency", "amount", "events")
    return (
        list(Balance.objects.order_by("project", "currency").values_list(*balances)),
        list(Flow.objects.order_by(*flows[:6]).values_list(*flows)),
        list(Countable.objects.order_by("pk").values_list()),
    )
