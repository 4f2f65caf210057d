"""In whatever order changes, withdrawals and undos come: derived rows are what the rows come to."""

import datetime
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from programme.conftest import NOON, made, told
from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import head
from shanhai.ledger.errors import LedgerError
from shanhai.ledger.models import Entry, Pairing
from shanhai.ledger.verify import verify
from shanhai.programme import derived
from shanhai.programme.actions.records import bring_back, put, put_all, withdraw
from shanhai.programme.actions.undo import undo
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import Balance, Countable, Flow, MoneyEvent, Stage
from shanhai.programme.money.balances import Event, balance_of
from shanhai.programme.values import Unreadable

MONEY, PROJECT = KINDS["money"], KINDS["project"]
KEYS = ("E1", "E2", "E3", "E4")

row = st.fixed_dictionaries(
    {
        "stage": st.sampled_from(["promised", "arrived", "arrived", "spent", "returned", "paid_on"]),
        "amount": st.integers(1, 99999).map(lambda n: f"{n // 100}.{n % 100:02}"),
        "day": st.sampled_from(["2023-01-31", "2023-02-01", "2023-12-31", "2024-02-29"]),
        "plan": st.sampled_from(["in", "out"]),
        "form": st.sampled_from(["cash", "goods"]),
        "what": st.just("药品"),
        "project": st.sampled_from(["", "X1", "X2"]),
    }
)
project = st.fixed_dictionaries(
    {
        "parent": st.sampled_from(["", "X1", "X2", "X3"]),
        "umbrella": st.sampled_from(["是", "否", "否"]),
        "planned": st.sampled_from(["", "10", "20.5"]),
        "status": st.sampled_from(["实施中", "已取消"]),
        "level": st.sampled_from(["county", "prefecture", "unclassified"]),
    }
)
funding = st.fixed_dictionaries(
    {
        "project": st.sampled_from(["X1", "X2", "X3"]),
        "funder": st.just("县财政"),
        "share": st.sampled_from(["", "30%"]),
    }
)
steps = st.one_of(
    st.tuples(st.just("project"), st.tuples(st.sampled_from(["X1", "X2", "X3"]), project)),
    st.tuples(st.just("cofunding"), st.tuples(st.sampled_from(["C1", "C2"]), funding)),
    st.tuples(st.just("turn"), st.sampled_from(["X1", "X2", "X3", "C1", "C2"])),
    st.tuples(st.just("put"), st.dictionaries(st.sampled_from(KEYS), row, min_size=1, max_size=3)),
    st.tuples(st.just("withdraw"), st.sampled_from(KEYS)),
    st.tuples(st.just("bring back"), st.sampled_from(KEYS)),
    st.tuples(st.just("undo"), st.integers(0, 5)),
)


def act(step: str, what: Any, pairing: Pairing, clerk: Actor) -> None:
    if step == "put":
        rows = [told("money", pairing, key, **texts) for key, texts in sorted(what.items())]
        put_all(MONEY, pairing, rows, actor=clerk, at=NOON)
    elif step in ("project", "cofunding"):
        key, texts = what
        put(KINDS[step], pairing, told(step, pairing, key, **texts), actor=clerk, at=NOON)
    elif step == "turn":
        kind = PROJECT if what.startswith("X") else KINDS["cofunding"]
        stands = kind.model.objects.filter(pairing=pairing, key=what, withdrawn=False).exists()
        turn = withdraw if stands else bring_back
        turn(kind, pairing, what, actor=clerk, why="误录", at=NOON)
    elif step == "withdraw":
        withdraw(MONEY, pairing, what, actor=clerk, why="误录", at=NOON)
    elif step == "bring back":
        bring_back(MONEY, pairing, what, actor=clerk, at=NOON)
    else:
        last = head()
        assert last is not None
        undo(last.number - what, actor=clerk, at=NOON)


def plain(pairing: Pairing) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """Balances and flows worked out from the rows, event by event."""
    rows = [m for m in MoneyEvent.objects.filter(pairing=pairing) if not m.withdrawn]
    balances: dict[Any, Any] = {}
    for key in {(m.project_id, m.currency) for m in rows}:
        own = [m for m in rows if (m.project_id, m.currency) == key]
        sums = {s.value: sum((m.amount for m in own if m.stage == s), Decimal(0)) for s in Stage}
        found = balance_of(Event(m.stage, m.form, m.amount, m.day) for m in own)
        balances[key] = (*sums.values(), found.idle, found.idle_since)
    flows: Counter[Any] = Counter()
    for m in rows:
        flows[m.day.replace(day=1), m.stage, m.plan, m.form, m.currency] += m.amount
    return balances, dict(flows)


def kept(pairing: Pairing) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """Balances and flows as they are stored."""
    columns = [s.value for s in Stage]
    balances = {
        (b.project_id, b.currency): (*(getattr(b, c) for c in columns), b.idle, b.idle_since)
        for b in Balance.objects.filter(pairing=pairing)
    }
    flows = {
        (f.month, f.stage, f.plan, f.form, f.currency): f.amount for f in Flow.objects.filter(pairing=pairing)
    }
    return balances, flows


@pytest.mark.django_db
@given(st.lists(steps, min_size=1, max_size=12))
@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_order_of_actions_makes_a_total_differ(clerk: Actor, told_steps: list[tuple[str, Any]]) -> None:
    with transaction.atomic():
        pairing = made("cq-cd", clerk)
        projects = [told("project", pairing, k, name="甲", area="health") for k in ("X1", "X2", "X3")]
        put_all(PROJECT, pairing, projects, actor=clerk, at=NOON)
        first = Entry.objects.count()
        done = 0
        for step, what in told_steps:
            try:
                act(step, what, pairing, clerk)
                done += 1
            except (LedgerError, Unreadable):
                continue
            finally:
                assert list(derived.differing(pairing)) == []
                assert kept(pairing) == plain(pairing)
        assert Entry.objects.count() - first <= done
        assert list(verify()) == []
        before = kept(pairing)
        derived.renew_all(pairing)
        assert kept(pairing) == before
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_event_that_moves_to_another_project_and_month(pairing: Pairing, clerk: Actor) -> None:
    projects = [told("project", pairing, k, name="甲", area="health") for k in ("X1", "X2")]
    put_all(PROJECT, pairing, projects, actor=clerk)
    base = {"stage": "arrived", "amount": "5", "plan": "in"}
    act("put", {"E1": {**base, "day": "2023-01-31", "project": "X1"}}, pairing, clerk)
    act("put", {"E1": {**base, "day": "2023-02-01", "project": "X2"}}, pairing, clerk)
    assert Balance.objects.get().project is not None
    assert Flow.objects.get().month == datetime.date(2023, 2, 1)
    act("put", {"E1": {**base, "day": "2023-02-01", "project": ""}}, pairing, clerk)
    assert Balance.objects.get().project is None
    assert kept(pairing) == plain(pairing)


def countables(pairing: Pairing) -> list[Any]:
    return list(Countable.objects.filter(pairing=pairing).order_by("pk").values_list())


@pytest.mark.django_db
@given(st.permutations(range(6)))
@hypothesis_settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_entered_first_what_totals_add_is_the_same(clerk: Actor, order: list[int]) -> None:
    """Six changes that do not hinder one another, in any order, come to the same rows."""
    changes = [
        ("project", "X1", {"planned": "100", "level": "county"}),
        ("project", "X2", {"parent": "X1", "planned": "60"}),
        ("project", "X3", {"parent": "X2", "status": "实施中"}),
        ("cofunding", "C1", {"project": "X1", "funder": "县财政", "share": "30%"}),
        ("cofunding", "C2", {"project": "X3", "funder": "企业"}),
        (
            "money",
            "E1",
            {"stage": "arrived", "amount": "7", "plan": "in", "day": "2023-01-31", "project": "X3"},
        ),
    ]
    with transaction.atomic():
        pairing = made("cq-cd", clerk)
        projects = [told("project", pairing, k, name="甲", area="health") for k in ("X1", "X2", "X3")]
        put_all(PROJECT, pairing, projects, actor=clerk, at=NOON)
        for number in order:
            kind, key, texts = changes[number]
            put(KINDS[kind], pairing, told(kind, pairing, key, **texts), actor=clerk, at=NOON)
        rows = Countable.objects.order_by("project__key").values_list(
            "project__key", "planned", "planned_why", "arrived", "arrived_why", "own", "unsure"
        )
        assert list(rows) == [
            ("X1", 100, "parent", None, "no_amount", Decimal("0.7"), False),
            ("X2", 60, "", None, "no_amount", Decimal("0.7"), False),
            ("X3", None, "no_amount", 7, "", Decimal(1), True),
        ]
        before = countables(pairing)
        derived.renew_all(pairing)
        assert countables(pairing) == before
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_money_of_one_project_is_not_decided_anew_for_all_that_hang_together(
    pairing: Pairing, clerk: Actor
) -> None:
    """An umbrella may have hundreds of parts: more money of one of them asks as many questions whatever their number."""
    put(
        PROJECT, pairing, told("project", pairing, "X0", name="甲", area="health", umbrella="是"), actor=clerk
    )
    counts = []
    for parts in (2, 30):
        keys = [f"X{parts}-{n}" for n in range(parts)]
        rows = [told("project", pairing, key, name="甲", area="health", parent="X0") for key in keys]
        put_all(PROJECT, pairing, rows, actor=clerk, at=NOON)
        event = {"stage": "arrived", "amount": "5", "plan": "in", "day": "2023-01-31", "project": keys[0]}
        act("put", {f"E{parts}": event}, pairing, clerk)
        with CaptureQueriesContext(connection) as queries:
            act("put", {f"E{parts}-more": event}, pairing, clerk)
        counts.append(len(queries))
        assert Countable.objects.get(project__key=keys[0]).arrived == 10
    assert counts[0] == counts[1]
