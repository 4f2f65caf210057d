"""Tables: every filled row of every sheet, with what a person sees in the cells."""

import io
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanhai.model import BrokenInput, EmptyInput, TooLarge
from shanhai.reading.extracted import BlockKind, Extracted, Limits
from shanhai.reading.formats.numberformats import number_format, shown
from shanhai.reading.formats.sheets import extract

from .extracting import in_order

LIMITS = Limits()
H, R, HIDDEN = BlockKind.HEADING, BlockKind.ROW, BlockKind.HIDDEN
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def book(**sheets: list[list[Any]]) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return made


def saved(made: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def read(data: bytes, limits: Limits = LIMITS) -> Extracted:
    """What is taken out, with the promises of every format checked."""
    extracted = in_order(extract(data, "台账.xlsx", limits))
    for block in extracted.blocks:
        if block.cells:
            assert (
                "\t".join(extracted.text[c.start : c.end] for c in block.cells)
                == extracted.text[block.start : block.end]
            )
    return extracted


def said(extracted: Extracted) -> list[tuple[BlockKind, int, str]]:
    return [(block.kind, block.table, extracted.text[block.start : block.end]) for block in extracted.blocks]


def rows(extracted: Extracted) -> list[list[str]]:
    return [
        [extracted.text[c.start : c.end] for c in block.cells] for block in extracted.blocks if block.cells
    ]


def test_each_sheet_is_a_heading_and_a_table_of_its_own() -> None:
    made = book(项目=[["名称", "万元"], ["学校", 120]], 空表=[], 人员=[["批次", "人数"]])
    made.properties.title = "援藏项目台账"
    extracted = read(saved(made))
    assert said(extracted) == [
        (H, -1, "项目"),
        (R, 0, "名称\t万元"),
        (R, 0, "学校\t120"),
        (H, -1, "人员"),
        (R, 1, "批次\t人数"),
    ]
    assert extracted.title == "援藏项目台账"
    assert extracted.media_type.endswith("spreadsheetml.sheet")


def test_cells_show_what_a_person_sees() -> None:
    made = book(
        一=[[12.0, 0.853, 0.1 + 0.2, 1e15, -7, True, "第一行\n第二行\t三", "_x000D_", "=1+1", "#N/A"]]
    )
    assert rows(read(saved(made))) == [
        ["12", "0.853", "0.3", "1000000000000000", "-7", "TRUE", "第一行 第二行 三", "#N/A"]
    ]


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (0.853, "0.0%", "85.3%"),
        (0.853, "0%", "85%"),
        (1 / 3, "0.00%", "33.33%"),
        (1234.5, "#,##0.00", "1234.5"),
        (2.345, "0.00", "2.35"),
        (120, '0"人"', "120人"),
        (120, "0\\人", "120人"),
        (2.71, '0.00"亿元"', "2.71亿元"),
        (1234.5, '"¥"#,##0.00', "¥1234.5"),
        (1234.5, "[$¥-804]#,##0.00", "¥1234.5"),
        (1234.5, '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', "¥1234.5"),
        (-5, "0;[Red]-0", "-5"),
        (27100, '0!.0,"万"', "27100"),  # shown as 2.7万; scaled numbers stay as stored
        (27100, '0.0,"千"', "27100"),
        (0.5, "# ?/?", "0.5"),
        (12345, "0.00E+00", "12345"),
        (5, '"合计"', "5"),
        (5, ";;;", "5"),
        (date(2024, 3, 1), "yyyy-mm-dd", "2024-03-01"),
        (date(2024, 3, 1), 'yyyy"年"m"月"d"日"', "2024-03-01"),
        (date(2024, 3, 1), 'yyyy"年"m"月"', "2024-03"),
        (date(2024, 3, 1), "[$-804]yyyy年", "2024"),
        (date(2024, 3, 1), "m/d", "2024-03-01"),
        (datetime(2024, 3, 1, 9, 30), "yyyy-mm-dd hh:mm", "2024-03-01 09:30"),
        (time(9, 30, 15), "h:mm:ss", "09:30:15"),
        (1.5, "[h]:mm", "36:00"),
        (date(1900, 1, 1), "yyyy-mm-dd", "1900-01-01"),
    ],
)
def test_number_formats_are_heeded(value: Any, code: str, seen: str) -> None:
    made = book(一=[["金额", value]])
    made["一"]["B1"].number_format = code
    assert rows(read(saved(made))) == [["金额", seen]]


def test_dates_counted_from_1904() -> None:
    made = book(一=[[date(2024, 3, 1), "日期"]])
    made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    assert rows(read(saved(made)))[0][0] == "2024-03-01"


@given(st.decimals(-(10**12), 10**12, places=6))
def test_numbers_keep_their_value(value: Any) -> None:
    assert float(shown(repr(float(value)), number_format(0))) == pytest.approx(float(value), rel=1e-14)


@given(st.text(max_size=40), st.integers(0, 60))
def test_any_number_format_and_any_content_gives_a_text(code: str, number: int) -> None:
    for stored in ("45352.5", "-1", "1E+300", "NaN", "", "9" * 5000, "甲"):
        shown(stored, number_format(number, code))
        shown(stored, number_format(number))


def test_hidden_sheets_rows_and_columns_are_marked() -> None:
    made = book(明=[["甲", "乙", "丙"], ["1", "2", "3"], ["4", "5", "6"]], 暗=[["草稿"]])
    made["暗"].sheet_state = "hidden"
    made["明"].row_dimensions[2].hidden = True
    made["明"].column_dimensions["B"].hidden = True
    assert said(read(saved(made))) == [
        (H, -1, "明"),
        (R, 0, "甲\t丙"),
        (HIDDEN, -1, "乙"),
        (HIDDEN, 0, "1\t3"),
        (HIDDEN, -1, "2"),
        (R, 0, "4\t6"),
        (HIDDEN, -1, "5"),
        (HIDDEN, -1, "暗"),
        (HIDDEN, 1, "草稿"),
    ]


def test_merged_cells_hold_their_text_once() -> None:
    made = book(
        一=[["2023年项目表", None, None], ["县", "项目", "万元"], ["安多", "学校", 1], [None, "医院", 2]]
    )
    made["一"].merge_cells("A1:C1")
    made["一"].merge_cells("A3:A4")
    assert rows(read(saved(made))) == [
        ["2023年项目表"],
        ["县", "项目", "万元"],
        ["安多", "学校", "1"],
        ["", "医院", "2"],
    ]


def test_columns_and_rows_without_content_are_left_out() -> None:
    made = book(一=[])
    made["一"]["B2"], made["一"]["D2"], made["一"]["D9"] = "县", "万元", 12
    assert rows(read(saved(made))) == [["县", "万元"], ["", "12"]]


def test_far_corners_cost_no_more_than_their_cells() -> None:
    made = book(一=[["起"]])
    made["一"]["XFD1048576"] = "止"
    assert rows(read(saved(made))) == [["起"], ["", "止"]]


def workbook(package: Callable[..., bytes], sheet: str, shared: str = "") -> bytes:
    """A workbook written by hand, with the content of one sheet and of the shared strings."""
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>'
        for n, kind in enumerate(("worksheet", "sharedStrings"), 1)
    )
    return package(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<x:workbook xmlns:x="{MAIN}" xmlns:r="{OFFICE}">'
            '<x:sheets><x:sheet name="一" r:id="r1"/></x:sheets></x:workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>',
            "xl/worksheet.xml": f'<x:worksheet xmlns:x="{MAIN}">{sheet}</x:worksheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{shared}</sst>',
        }
    )


def test_other_programs_ways_of_writing_cells(package: Callable[..., bytes]) -> None:
    sheet = """<x:row><x:c><x:v>1</x:v></x:c>
        <x:c t="inlineStr"><x:is><x:r><x:t>藏</x:t></x:r><x:r><x:t>区</x:t></x:r>
            <x:rPh><x:t>zàng</x:t></x:rPh></x:is></x:c>
        <x:c t="str"><x:f>A1</x:f><x:v>公式</x:v></x:c>
        <x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>9</x:v></x:c>
        <x:c t="d"><x:v>2024-03-01</x:v></x:c></x:row>"""
    shared = "<si><r><t>共</t></r><r><t>享</t></r><rPh><t>gong</t></rPh></si>"
    assert rows(read(workbook(package, sheet, shared))) == [["1", "藏区", "公式", "共享", "2024-03-01"]]


@pytest.mark.parametrize("reference", ["ZZZZ1", "XFE1", "5", "甲1"])
def test_a_cell_where_no_sheet_has_one_is_broken(package: Callable[..., bytes], reference: str) -> None:
    with pytest.raises(BrokenInput, match="where no sheet has one"):
        read(workbook(package, f'<x:row><x:c r="{reference}"><x:v>1</x:v></x:c></x:row>'))


def test_another_library_reads_the_same_cells() -> None:
    calamine = pytest.importorskip("python_calamine")
    made = book(一=[[n, n / 8, f"项目{n % 7}", None, n % 2 == 0] for n in range(300)])
    data = saved(made)
    theirs = calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    ours = rows(read(data))
    assert len(ours) == len(theirs)
    for mine, (whole, part, text, _, flag) in zip(ours, theirs, strict=True):
        assert mine == [f"{whole:g}", f"{part:g}", text, str(flag).upper()]


@pytest.mark.parametrize("limits", [Limits(cells=99), Limits(characters=500), Limits(unpacked_bytes=2_000)])
def test_limits_are_kept(limits: Limits) -> None:
    with pytest.raises(TooLarge):
        read(saved(book(一=[["项目", n, n] for n in range(100)])), limits)


def test_a_workbook_without_content_is_empty() -> None:
    with pytest.raises(EmptyInput):
        read(saved(book(一=[], 二=[])))


@pytest.mark.parametrize("separator", [",", "\t", ";", "|", "，", "；"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_separated_values(separator: str, encoding: str) -> None:
    text = separator.join(["项目", "金额（万元）"]) + "\r\n" + separator.join(["学校", "12.5"]) + "\r\n\r\n"
    extracted = extract(text.encode(encoding), "表.csv", Limits())
    assert rows(extracted) == [["项目", "金额（万元）"], ["学校", "12.5"]]
    assert [block.table for block in extracted.blocks] == [0, 0]
    assert extracted.media_type == "text/csv"


def test_the_separator_is_the_one_that_cuts_regularly() -> None:
    data = "项目;金额;说明\n学校;1,5;甲,乙,丙\n医院;2,5;甲\n".encode()
    assert rows(extract(data, "表.csv", Limits()))[1] == ["学校", "1,5", "甲,乙,丙"]
    assert rows(extract(b"sep=|\na,b|c\n", "a.csv", Limits())) == [["a,b", "c"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a,"b\nc, d",e\n1,2,3\n', [["a", "b c, d", "e"], ["1", "2", "3"]]),
        ('a,"x ""y"" z"\n', [["a", 'x "y" z']]),
        ('a,b\n"x"y,2\n', [["a", "b"], ["xy", "2"]]),
        ('a,5" 管\n', [["a", '5" 管']]),
        ("只有一列\n12\n", [["只有一列"], ["12"]]),
    ],
)
def test_quotation_marks_in_separated_values(text: str, expected: list[list[str]]) -> None:
    assert rows(extract(text.encode(), "表.csv", Limits())) == expected


def test_a_quotation_mark_that_is_never_closed_is_told() -> None:
    with pytest.raises(BrokenInput, match="never closed"):
        extract(b'a,"b\n1,2\n3,4\n', "表.csv", Limits())


@given(st.lists(st.lists(st.text(max_size=8), min_size=2, max_size=4), min_size=1, max_size=6))
def test_any_separated_values_keep_the_promises(table: list[list[str]]) -> None:
    data = "\n".join(",".join(row) for row in table).encode("utf-8", "replace")
    try:
        extracted = extract(data, "表.csv", Limits())
    except (EmptyInput, BrokenInput):
        return
    for block in extracted.blocks:
        assert not set("\r\n") & set(extracted.text[block.start : block.end])
        assert all(block.start <= c.start <= c.end <= block.end for c in block.cells)
