"""Good rows are taken in together or not at all; bad ones come back to be mended; a file that is sent again doubles nothing."""

import io
from typing import Any

import openpyxl
import pytest

from shanhai.ledger.errors import NotPossible
from shanhai.ledger.models import Entry, Pairing
from shanhai.ledger.verify import verify
from shanhai.programme.actions.records import withdraw
from shanhai.programme.derived import differing
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import MoneyEvent, Project
from shanhai.programme.sheets.preview import Preview, State, apply
from shanhai.publishing.register import rows_to_mend
from shanhai.publishing.sheets import Format, write

from .filled import CLERK, NOON, book, enter, everything, previewed

MONEY = ("日期", "阶段", "金额", "计划内外", "项目编号", "对方单位")

NEED = {"side": "受援方所需", "summary": "缺教师", "area": "教育", "said_by": "县教育局", "day": "2023-05-01"}


def event(day: int, amount: Any, whom: str = "甲", project: str = "ZX-012") -> tuple[Any, ...]:
    return (f"2023-06-{day:02}", "到位", amount, "计划内", project, whom)


def take(data: bytes, kind: str, one: Pairing) -> Preview:
    seen = previewed(data, kind, one)
    apply(seen, KINDS[kind], one, actor=CLERK, why="导入 表.xlsx", at=NOON)
    return seen


def mended(seen: Preview, kind: str, wanted: Format = Format.XLSX) -> bytes:
    stream = io.BytesIO()
    write(rows_to_mend(seen, KINDS[kind], made=NOON), wanted, stream)
    return stream.getvalue()


def states(data: bytes, kind: str, one: Pairing) -> list[State]:
    return [outcome.state for outcome in previewed(data, kind, one).outcomes]


def test_what_is_taken_in_is_what_was_shown_in_one_entry_with_its_balances(one: Pairing) -> None:
    entries = Entry.objects.count()

    seen = take(book(MONEY, event(1, 5), event(2, "约"), event(3, 7)), "money", one)

    assert Entry.objects.count() == entries + 1
    assert [o.key for o in seen.good] == ["E2", "E3"]
    assert {e.key: str(e.amount) for e in MoneyEvent.objects.exclude(key="E1")} == {
        "E2": "5.00",
        "E3": "7.00",
    }
    assert list(differing(one)) == []
    assert [fault for fault in verify() if fault.table != "pairing"] == []


def test_the_same_file_sent_twice_changes_nothing(one: Pairing) -> None:
    data = book(MONEY, event(1, 5), event(1, 6), event(2, 5, "乙"))
    take(data, "money", one)
    before = everything(one)

    seen = take(data, "money", one)

    assert [o.state for o in seen.outcomes] == [State.SAME] * 3
    assert everything(one) == before


def test_a_correction_without_a_number_is_never_taken_for_another_event(one: Pairing) -> None:
    take(book(MONEY, event(1, 5)), "money", one)

    (outcome,) = previewed(book(MONEY, event(1, 6)), "money", one).outcomes

    assert outcome.state is State.BAD
    assert "E2" in outcome.faults[0].zh
    assert states(book(("编号", *MONEY), ("E2", *event(1, 6))), "money", one) == [State.CHANGED]
    assert states(book(("编号", *MONEY), ("E77", *event(1, 6))), "money", one) == [State.NEW]


def test_two_same_rows_need_numbers_of_their_own(one: Pairing) -> None:
    assert states(book(MONEY, event(1, 5), event(1, 5)), "money", one) == [State.NEW, State.BAD]
    numbered = book(("编号", *MONEY), ("a", *event(1, 5)), ("b", *event(1, 5)))
    assert states(numbered, "money", one) == [State.NEW, State.NEW]


def test_the_order_of_rows_does_not_matter_for_what_is_known_again(one: Pairing) -> None:
    take(book(MONEY, event(1, 5)), "money", one)

    assert states(book(MONEY, event(1, 9), event(1, 5)), "money", one) == [State.NEW, State.SAME]
    seen = take(book(MONEY, event(1, 9), event(1, 5)), "money", one)
    assert [o.key for o in seen.good] == ["E3"]


def test_what_was_withdrawn_does_not_come_back_by_itself(one: Pairing) -> None:
    take(book(MONEY, event(1, 5)), "money", one)
    withdraw(KINDS["money"], one, "E2", actor=CLERK, why="误登", at=NOON)

    assert states(book(MONEY, event(1, 5)), "money", one) == [State.BAD]
    assert states(book(("编号", *MONEY), ("E2", *event(1, 5))), "money", one) == [State.BAD]


def test_a_change_shows_from_what_to_what_and_leaves_other_columns_alone(one: Pairing) -> None:
    seen = take(book(("编号", "状态", "建设单位"), ("ZX-012", "已完工未决算", "甲建")), "project", one)

    (outcome,) = seen.outcomes
    assert [(c.zh, c.old[0], c.new[0], c.new[1]) for c in outcome.changes] == [
        ("状态", "实施中", "已完工未决算", "finished, not settled"),
        ("建设单位", "", "甲建", "甲建"),
    ]
    project = Project.objects.get(key="ZX-012")
    assert (project.status, project.builder, project.name) == ("3", "甲建", "卫生院改扩建")


@pytest.mark.parametrize("wanted", [Format.XLSX, Format.CSV])
def test_bad_rows_are_mended_and_sent_again(one: Pairing, wanted: Format) -> None:
    headings = [heading.replace("金额", "金额（万元）") for heading in MONEY]
    seen = take(book(headings, event(1, 5), event(2, "约6"), event(3, 7, project="?")), "money", one)
    data = mended(seen, "money", wanted)
    name = f"表.{wanted}"
    assert [o.state for o in previewed(data, "money", one, name).outcomes] == [State.BAD, State.BAD]

    if wanted is Format.CSV:
        again = data.decode().replace("约6", "6").replace(",?,", ",ZX-012,").encode()
    else:
        made = openpyxl.load_workbook(io.BytesIO(data))
        sheet = made.active
        assert sheet is not None
        sheet["C2"], sheet["E3"] = 6, "ZX-012"
        stream = io.BytesIO()
        made.save(stream)
        again = stream.getvalue()
    final = previewed(again, "money", one, name)
    apply(final, KINDS["money"], one, actor=CLERK, at=NOON)

    assert [o.state for o in final.outcomes] == [State.NEW, State.NEW]
    assert sorted(int(e.amount) for e in MoneyEvent.objects.exclude(key="E1")) == [50000, 60000, 70000]
    assert final.notes[0].zh.startswith("“金额”以万元计")


def test_the_unit_above_a_table_stays_with_its_rows_to_mend(one: Pairing) -> None:
    seen = previewed(book(("单位：万元",), MONEY, event(1, 5, project="?")), "money", one)

    again = mended(seen, "money")
    sheet = openpyxl.load_workbook(io.BytesIO(again)).active
    assert sheet is not None
    assert sheet["C1"].value == "金额（万元）"


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1", "-1+2", "@SUM(A1)", "＝1", "\t=1"])
def test_no_cell_of_the_rows_to_mend_is_a_formula(one: Pairing, text: str) -> None:
    data = "\r\n".join(
        [
            "日期,阶段,金额,计划内外,对方单位",
            f'2023-06-01,到位,约,计划内,"{text.replace(chr(34), chr(34) * 2)}"',
        ]
    )
    seen = previewed(data.encode(), "money", one, "表.csv")

    sheet = openpyxl.load_workbook(io.BytesIO(mended(seen, "money"))).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert f"'{text.strip()}" in mended(seen, "money", Format.CSV).decode().replace('""', '"').replace(
        "\t", ""
    )


def test_what_changed_after_the_preview_stops_the_whole_import(one: Pairing) -> None:
    data = book(("编号", *MONEY), ("a", *event(1, 5)), ("E1", *event(2, 6)))
    seen = previewed(data, "money", one)
    enter(one, "money", "E1", {"counterparty": "丁"})
    before = everything(one)

    with pytest.raises(NotPossible, match="Row 3"):
        apply(seen, KINDS["money"], one, actor=CLERK, at=NOON)
    assert everything(one) == before


def test_two_who_send_the_same_file_at_once_store_it_once(one: Pairing) -> None:
    data = book(MONEY, event(1, 5))
    first, second = previewed(data, "money", one), previewed(data, "money", one)
    apply(first, KINDS["money"], one, actor=CLERK, at=NOON)

    with pytest.raises(NotPossible, match="in the register meanwhile"):
        apply(second, KINDS["money"], one, actor=CLERK, at=NOON)
    assert MoneyEvent.objects.count() == 2


class _PowerCut(BaseException):
    """What no handler of the program expects."""


@pytest.mark.parametrize("changed_since", [False, True])
@pytest.mark.parametrize("at", ["bulk.insert", "derived.renew", "audit"])
def test_a_failure_in_the_middle_leaves_nothing(
    one: Pairing, monkeypatch: pytest.MonkeyPatch, at: str, changed_since: bool
) -> None:
    seen = previewed(book(MONEY, *(event(day, day) for day in range(1, 9))), "money", one)
    if changed_since:
        enter(one, "need", "N9", NEED)
    before, entries = everything(one), Entry.objects.count()
    reached = []

    def cut(*args: Any, **options: Any) -> None:
        reached.append(MoneyEvent.objects.count())
        raise _PowerCut

    monkeypatch.setattr(f"shanhai.programme.actions.changes.{at}", cut)
    with pytest.raises(_PowerCut):
        apply(seen, KINDS["money"], one, actor=CLERK, at=NOON)
    monkeypatch.undo()

    assert reached == [1 if at == "bulk.insert" else 9]
    assert everything(one) == before
    assert Entry.objects.count() == entries
    assert [fault for fault in verify() if fault.table != "pairing"] == []
