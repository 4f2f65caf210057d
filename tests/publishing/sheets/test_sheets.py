"""Sheets are written, and opened again by readers that are not ours."""

import csv
import datetime
import io
import time
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyarrow import parquet
from python_calamine import CalamineWorkbook

from shanhai.publishing.sheets import Column, Format, Kind, Sheet, Value, write
from shanhai.publishing.sheets.cells import is_like_formula, storable

MADE = datetime.datetime(2024, 3, 1, 12, tzinfo=datetime.UTC)
COLUMNS = (
    Column("what", "所计", Kind.TEXT, 30),
    Column("sources", "来源数", Kind.WHOLE),
    Column("low", "下限", Kind.EXACT),
    Column("day", "日期", Kind.DAY),
    Column("link", "证据", Kind.LINK),
)
ROWS: list[Sequence[Value]] = [
    ("援助资金", 2, Decimal("270500000"), datetime.date(2024, 1, 5), "http://127.0.0.1/facts/-/a/"),
    ("增长率", 1, Decimal("-1.25"), None, "http://127.0.0.1/room/b/#s-c"),
    (None, None, Decimal("12345678901234567890.5"), None, None),
]
FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠a",
    "﹣1",
    "−1",
    "  =1",
]


def sheet(rows: Sequence[Sequence[Value]] = ROWS, columns: Sequence[Column] = COLUMNS) -> Sheet:
    return Sheet("事实", columns, rows, (("筛选", "地方：=昌都市"), ("账本", "第3条")), "说明", MADE)


def written(told: Sheet, wanted: Format) -> io.BytesIO:
    stream = io.BytesIO()
    write(told, wanted, stream)
    return io.BytesIO(stream.getvalue())


def of_text(text: str) -> Sheet:
    return sheet([(text,)], (Column("text", "文字"),))


def csv_rows(told: Sheet) -> list[list[str]]:
    return list(csv.reader(io.StringIO(written(told, Format.CSV).getvalue().decode("utf-8-sig"), newline="")))


def test_xlsx_opens_with_head_rows_links_and_notes() -> None:
    book = openpyxl.load_workbook(written(sheet(), Format.XLSX))

    assert book.sheetnames == ["事实", "说明"]
    page = book["事实"]
    assert [c.value for c in page[1]] == ["所计", "来源数", "下限", "日期", "证据"]
    assert [c.value for c in page[2]][:4] == ["援助资金", 2, 270500000, datetime.datetime(2024, 1, 5)]
    assert page["E2"].hyperlink.target == "http://127.0.0.1/facts/-/a/"
    assert page["E3"].value == "http://127.0.0.1/room/b/#s-c"
    assert page["C3"].value == -1.25
    assert page["C4"].value == "12345678901234567890.5"  # whole, where a number would lose digits
    assert page.freeze_panes == "A2"
    assert page.column_dimensions["A"].width == pytest.approx(30, abs=1)
    assert [c.value for c in book["说明"][1]] == ["筛选", "地方：=昌都市"]
    assert book.properties.created == datetime.datetime(2024, 3, 1, 12)


def test_csv_opens_with_mark_and_plain_numbers() -> None:
    data = written(sheet(), Format.CSV).getvalue()

    assert data.startswith(b"\xef\xbb\xbf")
    assert csv_rows(sheet())[1:] == [
        ["援助资金", "2", "270500000", "2024-01-05", "http://127.0.0.1/facts/-/a/"],
        ["增长率", "1", "-1.25", "", "http://127.0.0.1/room/b/#s-c"],
        ["", "", "12345678901234567890.5", "", ""],
    ]


def test_parquet_keeps_decimals_exact_and_notes_in_its_metadata() -> None:
    table = parquet.read_table(written(sheet(), Format.PARQUET))

    assert table.column("low").to_pylist() == [
        Decimal("270500000"),
        Decimal("-1.25"),
        Decimal("12345678901234567890.5"),
    ]
    assert table.column("day").to_pylist()[0] == datetime.date(2024, 1, 5)
    assert "昌都市" in table.schema.metadata[b"notes"].decode()


def test_parquet_leaves_empty_what_it_cannot_hold_exactly() -> None:
    rows: list[Sequence[Value]] = [
        (Decimal("1e30"),),
        (Decimal("0.12345678901"),),
        (Decimal("0.1234567890"),),
    ]

    table = parquet.read_table(written(sheet(rows, (COLUMNS[2],)), Format.PARQUET))

    assert table.column("low").to_pylist() == [None, None, Decimal("0.1234567890")]


@pytest.mark.parametrize("wanted", Format)
def test_the_same_sheet_gives_the_same_bytes(wanted: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    first = written(sheet(), wanted).getvalue()
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        assert written(sheet(), wanted).getvalue() == first
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("text", FORMULAS)
def test_what_is_like_a_formula_is_text_everywhere(text: str) -> None:
    stored = openpyxl.load_workbook(written(of_text(text), Format.XLSX))["事实"]["A2"]

    assert is_like_formula(text)
    assert stored.data_type == "s"
    assert csv_rows(of_text(text))[1] == [f"'{text}"]
    assert parquet.read_table(written(of_text(text), Format.PARQUET)).column("text").to_pylist() == [text]


@pytest.mark.parametrize("text", ["33名", "约-3", "a=b", "", "'tis", "—", "０"])
def test_what_is_not_stays_as_it_is(text: str) -> None:
    assert csv_rows(of_text(text))[1:] in ([[text]], [[]])


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40) | st.sampled_from(FORMULAS))
@example("\x00")
@example("\ufeff=1")
@example("http://127.0.0.1/=1")
@example("_x0041_")
def test_any_text_comes_back_as_text(text: str) -> None:
    data = written(of_text(text), Format.XLSX)
    cell: Any = openpyxl.load_workbook(data)["事实"]["A2"]
    data.seek(0)
    (_, *others) = CalamineWorkbook.from_filelike(data).get_sheet_by_name("事实").to_python()

    assert cell.data_type in ("s", "inlineStr", "n")
    assert not isinstance(cell.value, (int, float))
    if text.strip() and "_x" not in text:
        assert cell.value == storable(text)
        assert others == [[storable(text)]]
    if text.strip("\r\n"):
        (told,) = csv_rows(of_text(text))[1]
        assert told.removeprefix("'") == text.removeprefix("'")
        assert not is_like_formula(told)


def test_a_text_longer_than_a_cell_is_cut_with_a_sign() -> None:
    cell = openpyxl.load_workbook(written(of_text("字" * 40_000), Format.XLSX))["事实"]["A2"].value

    assert len(cell) == 32_767
    assert cell.endswith("…")
