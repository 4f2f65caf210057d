"""Rows tried and written together do the same as rows that are stored one after another."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shanhai.ledger.models import Entry, Pairing
from shanhai.ledger.verify import verify
from shanhai.programme.actions.drafts import Told
from shanhai.programme.actions.records import put, put_all, withdraw
from shanhai.programme.actions.undo import undo
from shanhai.programme.derived import differing
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import Activity, Balance, Flow, MoneyEvent
from shanhai.programme.queries.histories import history
from shanhai.programme.sheets.preview import Preview, apply
from shanhai.programme.sheets.telling import Tells
from shanhai.programme.values import plain_text

from .filled import CLERK, NOON, book, enter, everything, previewed

MONEY = ("编号", "日期", "阶段", "金额", "计划内外", "项目编号", "对方单位")
PROJECT = ("编号", "项目名称", "领域", "上级项目编号", "批次编号")
ALWAYS = property(lambda tells: True, lambda tells, found: None)
"""Each row is stored before the next is looked at, whatever the kind."""


def events() -> st.SearchStrategy[list[tuple[Any, ...]]]:
    """Few values, so that rows meet one another and the register in every way."""
    return st.lists(
        st.tuples(
            st.sampled_from([None, None, None, "E1", "E2", "E3", "E7", "a"]),
            st.sampled_from(["2023-05-10", "2023-06-01", "2023-06-31"]),
            st.sampled_from(["到位", "支出"]),
            st.sampled_from([5, 6, 0]),
            st.just("计划内"),
            st.sampled_from(["ZX-012", None, "无"]),
            st.sampled_from(["市财政局", None]),
        ),
        max_size=9,
    )


def projects() -> st.SearchStrategy[list[tuple[Any, ...]]]:
    return st.lists(
        st.tuples(
            st.sampled_from([None, "ZX-001", "ZX-012", "A", "B"]),
            st.sampled_from(["民生工程", "甲", "乙"]),
            st.just("医疗卫生"),
            st.sampled_from([None, None, None, "ZX-001", "A", "B"]),
            st.sampled_from([None, "P10"]),
        ),
        max_size=6,
    )


def _as_told(seen: Preview) -> list[Any]:
    return [(o.row.number, o.state, o.key, o.revision, o.changes, o.faults) for o in seen.outcomes]


def _outcome(data: bytes, kind: str, one: Pairing, *, again: bool = False) -> tuple[Any, ...]:
    """What a file does, all of it taken back."""
    with transaction.atomic():
        seen = previewed(data, kind, one)
        if again:  # another entry meanwhile: the rows are told to the register once more
            enter(one, "honour", "R9", {"name": "甲", "team": "T10", "level": "地市级", "day": "2023-07-01"})
            withdraw(KINDS["honour"], one, "R9", actor=CLERK, why="误登", at=NOON)
        taken = [record.key for record in apply(seen, KINDS[kind], one, actor=CLERK, at=NOON)]
        balances = list(
            Balance.objects.order_by("project", "currency").values_list("project", "idle", "arrived")
        )
        flows = list(
            Flow.objects.order_by("month", "stage").values_list("month", "stage", "amount", "events")
        )
        assert list(differing(one)) == []
        stands = everything(one)
        stands.pop("honour")
        told = (_as_told(seen), taken, stands, balances, flows)
        transaction.set_rollback(True)
    return told


@pytest.mark.parametrize(
    ("kind", "headings", "rows"), [("money", MONEY, events()), ("project", PROJECT, projects())]
)
def test_together_is_as_one_by_one(
    one: Pairing, monkeypatch: pytest.MonkeyPatch, kind: str, headings: Any, rows: Any
) -> None:
    enter(
        one,
        "money",
        "E2",
        {"day": "2023-06-01", "stage": "到位", "amount": "5", "plan": "计划内", "project": "ZX-012"},
    )
    enter(one, "money", "E3", {"day": "2023-06-01", "stage": "支出", "amount": "5", "plan": "计划内"})
    withdraw(KINDS["money"], one, "E3", actor=CLERK, why="误登", at=NOON)

    @settings(
        max_examples=8,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(rows)
    def same(told: list[tuple[Any, ...]]) -> None:
        data = book(headings, *told)
        together = _outcome(data, kind, one)
        assert _outcome(data, kind, one, again=True) == together
        with pytest.MonkeyPatch.context() as slow:
            slow.setattr(Tells, "asks_its_own", ALWAYS, raising=False)
            assert _outcome(data, kind, one) == together

    same()


def test_records_put_together_are_those_put_one_by_one(one: Pairing) -> None:
    def told(number: int) -> Told:
        day = datetime.date(2023, 1, 1) + datetime.timedelta(days=number)
        values = {"sort": "training", "name": f"培训{number}", "day": day, "counts": {"trained": number}}
        return Told(f"x{number}", values, f"文{number}号")

    def stands() -> list[Any]:
        return [row for row in everything(one)["activity"] if row[0] != "D1"]

    many = [told(number) for number in range(30)]
    with transaction.atomic():
        for record in many:
            put(KINDS["activity"], one, record, actor=CLERK, at=NOON)
        slow = stands()
        transaction.set_rollback(True)
    made = put_all(KINDS["activity"], one, many, actor=CLERK, at=NOON)

    assert stands() == slow
    assert [Activity.objects.get(pk=record.pk).key for record in made] == [record.key for record in many]
    assert [fault for fault in verify() if fault.table != "pairing"] == []


def _asked(work: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


def test_more_rows_ask_the_register_no_more_often(one: Pairing) -> None:
    def sheet(rows: int) -> bytes:
        told = [(None, "2023-06-01", "到位", n + 1, "计划内", "ZX-012", f"{rows}{n}") for n in range(rows)]
        return book(MONEY, *told)

    tried, taken = [], []
    for rows in (20, 400):
        data = sheet(rows)
        tried.append(_asked(lambda data=data: previewed(data, "money", one)))  # type: ignore[misc]
        seen = previewed(data, "money", one)
        taken.append(_asked(lambda seen=seen: apply(seen, KINDS["money"], one, actor=CLERK, at=NOON)))  # type: ignore[misc]

    assert tried[0] == tried[1] < 20
    assert taken[1] <= taken[0] + 8 < 60


def test_many_rows_taken_in_are_taken_back_in_one_step(one: Pairing) -> None:
    before = everything(one)["money"]
    rows = [(None, "2023-06-01", "到位", n + 1, "计划内", "ZX-012", f"单位{n}") for n in range(700)]
    changed = ("E1", "2023-05-10", "到位", "600001", "计划内", "ZX-012", "市财政局")
    apply(previewed(book(MONEY, changed, *rows), "money", one), KINDS["money"], one, actor=CLERK, at=NOON)
    assert MoneyEvent.objects.filter(withdrawn=False).count() == 701
    number = Entry.objects.latest("number").number

    undo(number, actor=CLERK, at=NOON)

    standing = MoneyEvent.objects.filter(withdrawn=False)
    assert [(e.key, e.amount) for e in standing] == [("E1", Decimal(before[0][2]["amount"]))]
    assert list(differing(one)) == []
    assert [fault for fault in verify() if fault.table != "pairing"] == []
    undo(number + 1, actor=CLERK, at=NOON)
    assert MoneyEvent.objects.filter(withdrawn=False).count() == 701
    assert MoneyEvent.objects.get(key="E1").amount == 600001
    assert list(differing(one)) == []


@pytest.mark.parametrize("key", ["7", "a b", '5"甲', "O'B", "x.y[1]", "＄"])
def test_what_was_done_to_one_of_many_is_found_by_any_number(one: Pairing, key: str) -> None:
    rows = [(number, "2023-06-01", "到位", 5, "计划内", None, "甲") for number in ("1", key, "z")]
    changed = [(number, "2023-06-01", "到位", 6, "计划内", None, "甲") for number in ("1", key, "z")]
    for data in (book(MONEY, *rows), book(MONEY, *changed)):
        apply(previewed(data, "money", one), KINDS["money"], one, actor=CLERK, at=NOON)

    found = history(KINDS["money"], MoneyEvent.objects.get(key=plain_text(key)))

    assert [(done.action, done.old and done.old["amount"], done.new["amount"]) for done in found.done] == [
        ("enter many", "5.00", "6.00"),
        ("enter many", None, "5.00"),
    ]
    assert not found.more


def test_what_bad_rows_are_about_is_theirs_when_good_ones_are_told_again(one: Pairing) -> None:
    """Two rows claim ZX-001 and are bad; a row without a number, much like ZX-001, is new before and after."""
    rows = [
        ("ZX-001", "甲", "医疗卫生", None, None),
        ("ZX-001", "乙", "医疗卫生", None, None),
        (None, "民生工程", "医疗卫生", "A", None),
        ("A", "丙", "医疗卫生", None, None),
    ]
    data = book(PROJECT, *rows)

    seen, taken, *_ = together = _outcome(data, "project", one)
    assert [state for _, state, *_ in seen] == ["bad", "bad", "new", "new"]
    assert len(taken) == 2
    assert _outcome(data, "project", one, again=True) == together


def test_a_row_before_that_changes_a_record_is_heeded_when_rows_are_told_again(one: Pairing) -> None:
    """ZX-001 gets another name, so that a row of its old name is new, before and after."""
    rows = [("ZX-001", "乙", "医疗卫生", None, None), (None, "民生工程", "医疗卫生", None, None)]
    data = book(PROJECT, *rows)

    seen, *_ = together = _outcome(data, "project", one)
    assert [state for _, state, *_ in seen] == ["changed", "new"]
    assert _outcome(data, "project", one, again=True) == together
