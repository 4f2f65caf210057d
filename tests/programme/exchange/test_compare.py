"""Two files held against each other: what becomes of each line, the sums, and that both sides find the same."""

import random
from collections import Counter
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.programme.exchange.compare import Comparison, compare
from shanhai.programme.exchange.differing import Outcome
from shanhai.programme.exchange.file import BadFile
from shanhai.programme.exchange.lines import Line, Money, Place, Side

from .registers import day, figure, file_of, money, project, work

CLINIC = project("X1", "乡镇卫生院改扩建", 1_200_000)


def compared(ours: list[Line], theirs: list[Line], **other: Any) -> Comparison:
    return compare(file_of(Side.SENDING, CLINIC, *ours), file_of(Side.RECEIVING, CLINIC, *theirs, **other))


def outcome(ours: Line, theirs: Line) -> Outcome:
    rows = [row for row in compared([ours], [theirs]).rows if row.kind != "project"]
    assert len(rows) == 1, [(row.sending, row.receiving) for row in rows]
    return rows[0].outcome


PAIRS: list[tuple[str, Line, Line, Outcome]] = [
    ("all the same", money("E1", "05-10", 600), money("E1", "05-10", 600), Outcome.AGREED),
    ("another number", money("E1", "05-10", 600), money("F7", "05-10", 600), Outcome.AGREED),
    ("days apart", money("E1", "05-10", 600), money("F7", "05-13", 600), Outcome.TIMING),
    ("months apart", money("E1", "05-10", 600), money("F7", "09-10", 600), Outcome.TIMING),
    ("booked in another year", money("E1", "12-30", 600), money("F7", "2024-01-08", 600), Outcome.TIMING),
    ("passed on", money("E1", "05-10", 600), money("F7", "06-20", 600, "paid_on"), Outcome.DEFINITION),
    ("committed", money("E1", "05-10", 600, "committed"), money("F7", "06-20", 600), Outcome.DEFINITION),
    ("goods", money("E1", "05-10", 600), money("F7", "05-10", 600, form="goods"), Outcome.DEFINITION),
    ("out of plan", money("E1", "05-10", 600), money("F7", "05-10", 600, plan="out"), Outcome.DEFINITION),
    ("no project", money("E1", "05-10", 600), money("F7", "05-10", 600, project=""), Outcome.DEFINITION),
    ("another amount", money("E1", "05-10", 600), money("E1", "05-10", 500), Outcome.AMOUNT),
    ("alike, no number", money("E1", "05-10", 600), money("F7", "05-12", 610), Outcome.AMOUNT),
    ("a slip by ten", money("E1", "05-10", 6000), money("F7", "05-12", 600), Outcome.AMOUNT),
    (
        "people",
        work("D1", "08-14", "急救培训", counts={"trained": 42}),
        work("A", "08-14", "急救培训", counts={"trained": 42, "days": 3}),
        Outcome.AGREED,
    ),
    (
        "attendances",
        work("D1", "08-14", "急救培训", counts={"trained": 42}),
        work("A", "08-14", "急救培训", counts={"attendances": 126}),
        Outcome.DEFINITION,
    ),
    (
        "fewer",
        work("D1", "08-14", "急救培训", counts={"trained": 42}),
        work("A", "08-14", "急救培训", counts={"trained": 40}),
        Outcome.AMOUNT,
    ),
    ("later", work("D1", "08-14", "急救培训"), work("A", "08-16", "急救培训"), Outcome.TIMING),
    (
        "another name",
        work("D1", "08-14", "乡镇医护急救培训"),
        work("A", "08-14", "乡镇医护人员急救培训班"),
        Outcome.AGREED,
    ),
    ("figures", figure("W1", 310), figure("W9", 310), Outcome.AGREED),
    ("other figures", figure("W1", 310), figure("W9", 290), Outcome.AMOUNT),
    (
        "人 and 人次",
        figure("W1", 310),
        figure("W9", 940, indicator="training.person_times", unit="人次"),
        Outcome.DEFINITION,
    ),
    ("planned", figure("B1", 310, "target"), figure("W9", 310), Outcome.DEFINITION),
    ("cumulative", figure("W1", 310), figure("W9", 900, cumulative=True), Outcome.DEFINITION),
    ("until November", figure("W1", 310), figure("W9", 310, ends=day("11-30")), Outcome.TIMING),
]


@pytest.mark.parametrize(("ours", "theirs", "expected"), [p[1:] for p in PAIRS], ids=[p[0] for p in PAIRS])
def test_each_pair_ends_in_one_outcome(ours: Line, theirs: Line, expected: Outcome) -> None:
    assert outcome(ours, theirs) == expected


APART: list[tuple[str, Line, Line]] = [
    ("nothing alike", money("E1", "05-10", 600), money("F7", "05-10", 75)),
    ("another currency", money("E1", "05-10", 600), money("E1", "05-10", 600, currency="USD")),
    ("another project", money("E1", "05-10", 600), money("E1", "05-10", 600, project="X2")),
    ("an accident of numbers", money("E1", "05-10", 600), money("E1", "05-10", 75, "spent")),
    ("other work", work("D1", "08-14", "急救培训"), work("D1", "08-14", "果树修剪讲座")),
    ("another indicator", figure("W1", 310), figure("W1", 310, indicator="industry.firms", unit="家")),
]


@pytest.mark.parametrize(("ours", "theirs"), [p[1:] for p in APART], ids=[p[0] for p in APART])
def test_what_is_not_the_same_stays_on_its_side(ours: Line, theirs: Line) -> None:
    other = project("X2", "农田水利", 300)
    found = compare(
        file_of(Side.SENDING, CLINIC, other, ours), file_of(Side.RECEIVING, CLINIC, other, theirs)
    )
    assert [r.outcome for r in found.rows if r.kind != "project"] == [Outcome.ONE_SIDED] * 2


@pytest.mark.parametrize(
    ("theirs", "expected"),
    [
        (project("X1", "乡镇卫生院改扩建", 1_200_000), Outcome.AGREED),
        (project("P9", "乡镇 卫生院改扩建", 1_200_000), Outcome.AGREED),
        (project("X1", "卫生院改扩建工程", 1_200_000), Outcome.AGREED),
        (project("X1", "乡镇卫生院改扩建", 1_100_000), Outcome.AMOUNT),
        (project("X1", "乡镇卫生院改扩建", 1_200_000, level="county"), Outcome.DEFINITION),
        (project("X1", "乡镇卫生院改扩建", 1_200_000, planned_end=day("2024-10-01")), Outcome.TIMING),
        (project("X1", "高标准农田", 77), Outcome.ONE_SIDED),
    ],
)
def test_projects_are_known_by_number_and_name(theirs: Line, expected: Outcome) -> None:
    rows = compare(file_of(Side.SENDING, CLINIC), file_of(Side.RECEIVING, theirs)).rows
    assert {row.outcome for row in rows} == {expected}
    assert len(rows) == (2 if expected is Outcome.ONE_SIDED else 1)


def test_money_follows_its_project_where_the_sides_number_projects_differently() -> None:
    theirs = [project("P9", "乡镇卫生院改扩建", 1_200_000), money("Z1", "05-10", 600, project="P9")]
    found = compare(
        file_of(Side.SENDING, CLINIC, money("E1", "05-10", 600)), file_of(Side.RECEIVING, *theirs)
    )
    assert {row.outcome for row in found.rows} == {Outcome.AGREED}
    row = next(row for row in found.rows if row.kind == "money")
    assert isinstance(row.receiving, Money)
    assert row.receiving.project == "P9"  # as its side wrote it


def test_a_tie_is_told_and_not_guessed() -> None:
    found = compared([money("E1", "05-10", 600)], [money("F1", "05-08", 600), money("F2", "05-12", 600)])
    rows = [row for row in found.rows if row.kind == "money"]
    assert {row.outcome for row in rows} == {Outcome.UNCLEAR}
    assert sorted(row.among for row in rows) == [("E1",), ("E1",), ("F1", "F2")]


def test_a_number_settles_a_tie() -> None:
    found = compared([money("E1", "05-10", 600)], [money("E1", "05-08", 600), money("F2", "05-12", 600)])
    assert [r.outcome for r in found.rows if r.kind == "money"] == [Outcome.TIMING, Outcome.ONE_SIDED]


def test_twins_on_both_sides_agree_whichever_is_which() -> None:
    twins = [money(f"E{n}", "05-10", 600) for n in range(3)]
    theirs = [money(f"F{n}", "05-12", 600) for n in range(3)]
    assert [r.outcome for r in compared(list(twins), list(theirs)).rows if r.kind == "money"] == [
        Outcome.TIMING
    ] * 3


def test_a_crowd_of_equal_amounts_is_unclear_and_soon_told() -> None:
    """Hundreds of payments of one amount, none on the other side's days: no one could say which is which."""
    ours: list[Line] = [money(f"E{n}", "05-10", 600, counterparty=f"甲{n}") for n in range(400)]
    theirs: list[Line] = [money(f"F{n}", "05-12", 600, counterparty=f"乙{n}") for n in range(399)]
    rows = [r for r in compared(ours, theirs).rows if r.kind == "money"]
    assert {row.outcome for row in rows} == {Outcome.UNCLEAR}
    assert len(rows) == 799


def test_one_twin_too_many_is_unclear() -> None:
    twins: list[Line] = [money(f"E{n}", "05-10", 600) for n in range(2)]
    rows = [r for r in compared(twins, [money("F1", "05-10", 600)]).rows if r.kind == "money"]
    assert {row.outcome for row in rows} == {Outcome.UNCLEAR}
    assert len(rows) == 3


def test_a_line_beyond_the_period_shows_where_the_other_belongs_and_counts_nowhere() -> None:
    found = compared(
        [money("E1", "12-30", 600)], [money("F7", "2024-01-08", 600), money("F8", "2024-01-09", 70)]
    )
    rows = [row for row in found.rows if row.kind == "money"]
    assert [(row.outcome, row.counted) for row in rows] == [(Outcome.TIMING, {Side.SENDING})]
    assert [(t.sending, t.receiving) for t in found.wholes if t.kind == "money"] == [(600, 0)]
    assert "跨年" in rows[0].differences[0].zh


def test_differences_are_told_in_words_of_both_languages() -> None:
    found = compared([money("E1", "05-10", "600.5")], [money("E1", "05-10", 500)])
    told = next(row for row in found.rows if row.kind == "money").differences
    assert [(d.zh, d.en) for d in told] == [
        ("金额差100.50：600.50，500.00", "amount differs by 100.50: 600.50, 500.00")
    ]


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"sending": Place("南江市", "440200")}, "不是同一结对"),
        ({"starts": "2024-01-01", "ends": "2024-12-31"}, "没有重叠"),
    ],
)
def test_files_that_cannot_be_compared_are_refused(other: dict[str, Any], says: str) -> None:
    with pytest.raises(BadFile) as refused:
        compared([], [], **other)
    assert says in refused.value.zh


def test_two_files_of_one_side_are_refused() -> None:
    with pytest.raises(BadFile) as refused:
        compare(file_of(Side.SENDING, CLINIC), file_of(Side.SENDING, CLINIC, office="另一处"))
    assert "都是支援方" in refused.value.zh


DAYS = st.integers(0, 13).map(lambda n: f"2023-{12 if n < 8 else 11}-{n * 3 + 1 if n < 8 else n:02}")
EVENTS = st.lists(
    st.tuples(
        st.integers(0, 6),
        DAYS,
        st.sampled_from([100, 110, 1000, 2500]),
        st.sampled_from(["arrived", "paid_on"]),
        st.sampled_from(["in", "out"]),
        st.sampled_from(["X1", "X2", ""]),
    ),
    max_size=8,
    unique_by=lambda told: told[0],
)


def events(told: list[tuple[Any, ...]]) -> list[Line]:
    return [
        money(f"E{n}", on, amount, stage, plan=plan, project=to) for n, on, amount, stage, plan, to in told
    ]


def shown(found: Comparison) -> bytes:
    return msgspec.json.encode(msgspec.structs.replace(found, key=""), order="deterministic")


@settings(max_examples=120)
@given(EVENTS, EVENTS, st.randoms(use_true_random=False))
def test_every_line_has_one_outcome_and_the_sums_tie_out(
    ours: list[tuple[Any, ...]], theirs: list[tuple[Any, ...]], chance: random.Random
) -> None:
    left = [CLINIC, project("X2", "农田水利", 300), *events(ours)]
    right = [project("X1", "农田水利", 300), *events(theirs)]
    found = compare(file_of(Side.SENDING, *left), file_of(Side.RECEIVING, *right))
    for side, lines in ((Side.SENDING, left), (Side.RECEIVING, right)):
        told = [(row.kind, line.key) for row in found.rows if (line := getattr(row, side.value)) is not None]
        assert Counter(told) == Counter((line.__struct_config__.tag, line.key) for line in lines)
        sums: Counter[str] = Counter()
        for line in lines:
            if isinstance(line, Money):
                sums[line.stage] += line.amount  # type: ignore[assignment]
        for totals in (found.totals, found.wholes):
            made: Counter[str] = Counter()
            for total in totals:
                if total.kind == "money":
                    made[total.part] += getattr(total, side.value)
            assert {k: Decimal(v) for k, v in made.items() if v} == dict(sums)
    keys = [row.key for row in found.rows]
    assert len(keys) == len(set(keys))
    chance.shuffle(left)
    chance.shuffle(right)
    one, other = file_of(Side.SENDING, *left), file_of(Side.RECEIVING, *right)
    assert shown(compare(one, other)) == shown(compare(other, one)) == shown(found)
    assert compare(one, other).key == found.key
