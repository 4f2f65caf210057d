"""Bad sheets: each is told with its place and a remedy, and what was there stays."""

import datetime
import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest

from shanhai.ledger.models import Pairing
from shanhai.model import UnreadableInput
from shanhai.programme.sheets.preview import State
from shanhai.reading.grids import MOST_ROWS, read_grids

from .filled import book, enter, everything, previewed, rows_of, saved

MONEY = ("日期", "阶段", "金额", "计划内外", "币种", "项目编号", "对方单位")
GOOD = ("2023-06-01", "到位", 100, "计划内", "CNY", "ZX-012", "甲单位")
PROJECT = ("编号", "项目名称", "领域", "上级项目编号")


def money(**other: Any) -> list[Any]:
    """A good row with some cells changed."""
    return [other.get(name, value) for name, value in zip(MONEY, GOOD, strict=True)]


CELLS: Sequence[tuple[str, Any, str, str]] = (
    ("日期", "2023-02-30", "A3", "没有2023年2月30日"),
    ("日期", "去年五月", "A3", "不是日期"),
    ("日期", 45123, "A3", "不是日期"),
    ("日期", "1900-01-01", "A3", "年份1900"),
    ("阶段", "到了", "B3", "可选"),
    ("金额", "约100", "C3", "不是确切的数"),
    ("金额", -5, "C3", "0或正数"),
    ("金额", 0, "C3", "金额为0"),
    ("金额", "100USD", "C3", "别的币种"),
    ("金额", "#REF!", "C3", "公式错误值"),
    ("金额", "=C2*2", "C3", "没有存它的结果"),
    ("币种", "USD", "E3", "两种币种不能相加"),
    ("币种", "人民", "E3", "不是币种"),
    ("项目编号", "ZX-999", "F3", "没有编号为“ZX-999”"),
    ("对方单位", "甲\u200b单位", "G3", "看不见的字符"),
    ("日期", None, "A3", "请填写“日期”"),
)


@pytest.mark.parametrize(("heading", "value", "place", "told"), CELLS)
def test_a_bad_cell_is_told_with_its_place_and_the_other_rows_are_good(
    one: Pairing, heading: str, value: Any, place: str, told: str
) -> None:
    before = everything(one)

    seen = previewed(book(MONEY, GOOD, money(**{heading: value})), "money", one)

    good, bad = seen.outcomes
    assert good.state is State.NEW
    assert bad.state is State.BAD
    assert [(fault.place, fault.heading) for fault in bad.faults] == [(place, heading)]
    assert told in bad.faults[0].zh
    assert bad.faults[0].en
    assert everything(one) == before


def test_all_faults_of_a_row_are_told_together(one: Pairing) -> None:
    seen = previewed(book(MONEY, money(日期="2023-13-01", 阶段="?", 金额="多", 项目编号="无")), "money", one)

    assert [fault.place for fault in seen.outcomes[0].faults] == ["A2", "B2", "C2", "F2"]


@pytest.mark.parametrize(
    ("kind", "headings", "row", "told"),
    [
        ("cofunding", ("项目编号", "出资方", "占比"), ("ZX-012", "乙", "120%"), "比例"),
        ("cofunding", ("项目编号", "出资方", "占比"), ("ZX-012", "乙", "80%"), "超过100%"),
        ("cofunding", ("项目编号", "出资方", "占比"), ("ZX-012", "乙", 30), "比例"),
        ("project", ("项目名称", "领域", "实施地点"), ("甲", "医疗卫生", "542121"), "停用"),
        ("project", ("项目名称", "领域", "实施地点"), ("甲", "医疗卫生", "999999"), "没有999999"),
        ("project", PROJECT, ("ZX-001", "民生工程", "医疗卫生", "ZX-012"), "绕成了圈"),
        ("project", PROJECT, ("ZX-900", "甲", "医疗卫生", "ZX-900"), "绕成了圈"),
    ],
)
def test_a_record_that_cannot_be_is_told(
    one: Pairing, kind: str, headings: Sequence[str], row: Sequence[Any], told: str
) -> None:
    (outcome,) = previewed(book(headings, row), kind, one).outcomes

    assert outcome.state is State.BAD
    assert told in outcome.faults[0].zh


def test_rows_that_are_each_well_may_not_be_so_together(one: Pairing) -> None:
    headings = ("项目编号", "出资方", "占比")
    data = book(headings, ("ZX-012", "乙", "40%"), ("ZX-012", "丙", "40%"))

    assert [o.state for o in previewed(data, "cofunding", one).outcomes] == [State.NEW, State.BAD]


@pytest.mark.parametrize(
    "value", ["１２３．５", "123.50", " 123.5 ", 123.5, "123.5元", "￥123.5", "0.01235万元", "1,123.50"]
)
def test_numbers_as_text_and_in_full_width_are_read(one: Pairing, value: Any) -> None:
    (outcome,) = previewed(book(MONEY, money(金额=value, 日期="２０２３年６月１日")), "money", one).outcomes

    assert outcome.state is State.NEW
    amount = next(change.new[0] for change in outcome.changes if change.zh == "金额")
    assert amount == ("1123.50" if value == "1,123.50" else "123.50")


def test_headings_are_found_below_a_title_in_any_order_and_language(one: Pairing) -> None:
    data = book(
        ("2023年资金明细表",),
        (),
        ("Amount", "项 目 编 号", "阶段（必填）", "Day", " 计划内外 *"),
        (100, "ZX-012", "到位", datetime.date(2023, 6, 1), "计划内"),
    )

    assert [o.state for o in previewed(data, "money", one).outcomes] == [State.NEW]


@pytest.mark.parametrize(
    ("heading", "above", "amount"),
    [
        ("金额（万元）", "", "123000.00"),
        ("金额", "单位：万元", "123000.00"),
        ("金额(元)", "单位：万元", "12.30"),
        ("金额", "", "12.30"),
        ("金额（千元）", "", "12300.00"),
    ],
)
def test_the_unit_of_money_is_heeded(one: Pairing, heading: str, above: str, amount: str) -> None:
    headings = [heading if name == "金额" else name for name in MONEY]

    (outcome,) = previewed(book([above or "明细"], headings, money(金额=12.3)), "money", one).outcomes

    assert next(change.new[0] for change in outcome.changes if change.zh == "金额") == amount


def bad_sheets() -> list[tuple[str, bytes, str]]:
    """Sheets of which nothing is taken: what it is, the file, what is told."""
    return [
        ("another unit", book([n if n != "金额" else "金额（万美元）" for n in MONEY], GOOD), "不能换算"),
        ("twice", book((*MONEY, "金额"), (*GOOD, 5)), "有2栏"),
        ("no headings", book(("甲", "乙"), (1, 2)), "找不到"),
        ("nothing required", book(("金额", "对方单位"), (1, "甲")), "没有必填"),
        ("too far down", book(*[("x",)] * 25, MONEY, GOOD), "找不到"),
        (
            "merged headings",
            book(MONEY, GOOD, change=lambda sheet: sheet.merge_cells("C1:D1")),
            "合并单元格",
        ),
        ("too long", book(MONEY, *[GOOD] * (MOST_ROWS + 1)), f"超过{MOST_ROWS:,}行"),
    ]


@pytest.mark.parametrize(
    ("data", "told"), [(d, t) for _, d, t in bad_sheets()], ids=[n for n, _, _ in bad_sheets()]
)
def test_a_sheet_that_cannot_be_understood_gives_no_rows(one: Pairing, data: bytes, told: str) -> None:
    seen = previewed(data, "money", one)

    assert seen.outcomes == ()
    assert any(told in note.zh and note.refused for note in seen.notes)


def test_unknown_headings_are_told_with_what_may_be_meant(one: Pairing) -> None:
    seen = previewed(book((*MONEY, "对方单位名称", "天气"), (*GOOD, "甲", "晴")), "money", one)

    assert [o.state for o in seen.outcomes] == [State.NEW]
    assert [note.place for note in seen.notes] == ["表!H1", "表!I1"]
    assert "是不是“对方单位”" in seen.notes[0].zh


def test_hidden_rows_columns_and_sheets_are_told_and_taken_only_when_asked_for(one: Pairing) -> None:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["G"].hidden = True
        other = sheet.parent.create_sheet("旧")
        for row in (MONEY, money(金额=7)):
            other.append(list(row))
        other.sheet_state = "hidden"

    data = book(MONEY, money(金额=5), money(金额=6), change=hide)

    seen = previewed(data, "money", one)
    assert [(o.row.number, o.state) for o in seen.outcomes] == [(2, State.NEW), (3, State.HIDDEN)]
    assert [note.place for note in seen.notes] == ["表!G1", "旧"]
    assert "对方单位" not in [change.zh for change in seen.outcomes[0].changes]

    everything_taken = previewed(data, "money", one, hidden=True)
    assert [o.state for o in everything_taken.outcomes] == [State.NEW] * 3
    assert everything_taken.notes == ()


def test_merged_cells_are_filled_where_each_row_shares_them_and_refused_elsewhere(one: Pairing) -> None:
    def merge(sheet: Any) -> None:
        sheet.merge_cells("F2:F3")
        sheet.merge_cells("C4:C5")

    rows = [money(金额=5), money(金额=6), money(金额=7, 对方单位="乙"), money(金额=8, 对方单位="丙")]
    seen = previewed(book(MONEY, *rows, change=merge), "money", one)

    assert [o.state for o in seen.outcomes] == [State.NEW, State.NEW, State.BAD, State.BAD]
    assert [next(c.new[0] for c in o.changes if c.zh == "项目编号") for o in seen.outcomes[:2]] == [
        "ZX-012"
    ] * 2
    assert [note.place for note in seen.notes] == ["表!F2:F3"]
    assert "C4:C5是合并单元格，第5行" in seen.outcomes[3].faults[0].zh


@pytest.mark.parametrize(
    ("total", "told"),
    [
        (11, ""),
        ("11.00", ""),
        (12, "合计对不上：C4写的是12.00元，上面各行相加是11.00元，差1.00元"),
        ("约11", "合计不能核对"),
    ],
)
def test_a_total_is_no_record_and_is_held_against_its_rows(one: Pairing, total: Any, told: str) -> None:
    seen = previewed(book(MONEY, money(金额=5), money(金额=6), ("合 计", None, total)), "money", one)

    assert [o.state for o in seen.outcomes[:2]] == [State.NEW, State.NEW]
    if told:
        assert told in seen.outcomes[2].faults[0].zh
        assert seen.outcomes[2].row.is_total
    else:
        assert len(seen.outcomes) == 2


def test_subtotals_count_their_own_rows_and_remarks_are_told(one: Pairing) -> None:
    rows = [
        money(金额=5),
        ("小计", None, 5),
        money(金额=6),
        ("小计", None, 6),
        ("合计", None, 11),
        ("注：含物资",),
    ]

    seen = previewed(book(MONEY, *rows), "money", one)

    assert [o.state for o in seen.outcomes] == [State.NEW, State.NEW]
    assert [note.place for note in seen.notes] == ["表!A7"]


def test_a_number_that_stands_twice_takes_neither_row(one: Pairing) -> None:
    data = book(("编号", *MONEY), ("E7", *GOOD), ("Ｅ7", *money(金额=2)), ("E8", *money(金额=3)))

    seen = previewed(data, "money", one)

    assert [o.state for o in seen.outcomes] == [State.BAD, State.BAD, State.NEW]
    assert "还有第3行" in seen.outcomes[0].faults[0].zh


def test_parents_of_the_same_file_may_come_after_and_in_no_circle(one: Pairing) -> None:
    def row(key: str, parent: str | None) -> tuple[Any, ...]:
        return (key, f"项目{key}", "医疗卫生", parent)

    data = book(
        PROJECT, row("A", "B"), row("B", "C"), row("C", None), row("D", "E"), row("E", "D"), row("F", "E")
    )

    seen = previewed(data, "project", one)

    states = {o.row.number: o.state for o in seen.outcomes}
    assert [states[n] for n in (2, 3, 4)] == [State.NEW] * 3
    assert [o.row.given["key"].text for o in seen.good] == ["C", "B", "A"]
    assert [states[n] for n in (5, 6, 7)] == [State.BAD] * 3
    assert "D → E → D" in seen.outcomes[3].faults[0].zh
    assert "第6行" in seen.outcomes[5].faults[0].zh


def test_projects_may_change_places_above_one_another(one: Pairing) -> None:
    enter(one, "project", "U", {"name": "上", "area": "医疗卫生"})
    enter(one, "project", "V", {"name": "下", "area": "医疗卫生", "parent": "U"})

    seen = previewed(book(("编号", "上级项目编号"), ("U", "V"), ("V", None)), "project", one)

    assert [o.state for o in seen.outcomes] == [State.CHANGED, State.CHANGED]


def test_several_sheets_are_read_and_others_passed_over_aloud(one: Pairing) -> None:
    made = openpyxl.Workbook()
    made.remove(made.active)  # type: ignore[arg-type]
    for title, rows in (("2022", (MONEY, GOOD)), ("2023", (MONEY, money(金额=9))), ("天气", (("晴",),))):
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))

    seen = previewed(saved(made), "money", one)

    assert [(o.row.sheet, o.state) for o in seen.outcomes] == [("2022", State.NEW), ("2023", State.NEW)]
    assert [note.place for note in seen.notes] == ["天气"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_separated_values_are_read_in_each_charset(one: Pairing, encoding: str, separator: str) -> None:
    lines = [
        separator.join(MONEY),
        separator.join(map(str, GOOD)),
        separator.join(map(str, money(日期="2023/6/31"))),
    ]

    seen = previewed("\r\n".join(lines).encode(encoding), "money", one, "表.csv")

    assert [o.state for o in seen.outcomes] == [State.NEW, State.BAD]
    assert seen.outcomes[1].faults[0].place == "A3"


def _bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        with zipfile.ZipFile(io.BytesIO(book(MONEY, GOOD))) as good:
            for name in good.namelist():
                if not name.endswith("sheet1.xml"):
                    archive.writestr(name, good.read(name))
        archive.writestr("xl/worksheets/sheet1.xml", b"<worksheet>" + b" " * 300_000_000)
    return stream.getvalue()


HOSTILE: dict[str, Callable[[], bytes]] = {
    "bomb": _bomb,
    "cut": lambda: book(MONEY, GOOD)[:-200],
    "empty": lambda: b"",
    "no table": lambda: "一段文字。".encode(),
    "only blanks": lambda: book(),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_table_is_refused(name: str) -> None:
    with pytest.raises(UnreadableInput):
        read_grids(HOSTILE[name](), "表.txt" if name == "no table" else "表.xlsx")


def test_a_row_number_in_the_far_corner_costs_nothing(one: Pairing) -> None:
    def far(sheet: Any) -> None:
        sheet["XFD1048576"] = "x"

    read = rows_of(book(MONEY, GOOD, change=far), "money")

    assert [row.number for row in read.rows] == [2]
