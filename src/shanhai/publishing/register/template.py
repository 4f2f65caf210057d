"""A workbook to fill in for one kind of record: headings with what they mean, drop-downs, an example row, instructions.

The same kind gives the same bytes. What it holds is told by ``programme.sheets.columns``.
"""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, BinaryIO

import xlsxwriter

from shanhai.catalogue.activities import load_activities
from shanhai.programme.kinds import Kind
from shanhai.programme.kinds.sorts import SortCounts
from shanhai.programme.sheets.columns import KEY, Column, Looks, columns_of
from shanhai.programme.sheets.rows import OWN_SHEETS
from shanhai.reading.grids import MOST_ROWS, letters

INSTRUCTIONS, OPTIONS = OWN_SHEETS[:2]
_MADE = datetime.datetime(2000, 1, 1)
_EXAMPLE_ROW, _FIRST_ROW = 2, 2
_FORMATS = {
    Looks.TEXT: "@",
    Looks.DAY: "yyyy-mm-dd",
    Looks.MONEY: "#,##0.00",
    Looks.WHOLE: "#,##0",
    Looks.NUMBER: "#,##0.##########",
    Looks.SHARE: "0.##%",
}
_HOW = (
    ("怎样填写", "每行一条记录。带*的必填。灰色斜体的示例行不会导入，可留可删。"),
    ("", "栏的顺序可以改，用不着的栏可以删；没有的栏保持原样。空着的格子表示没有，改已有记录时会清空原值。"),
    ("", "金额以元计；若以万元计，请把表头写成“金额（万元）”这样。日期写成2024-03-05。请不要合并单元格。"),
    ("", "导入前先预览：新增、改动、有问题的各几行；有问题的行不导入，可下载、改好再发。"),
    (
        "How to fill it in",
        "One record a row. Columns with * must be filled. The example row in grey is never taken in.",
    ),
    (
        "",
        "Columns may be moved, and left out: what has no column stays as it is. An empty cell empties what stood there.",
    ),
    (
        "",
        "Money is in yuan; where it is in 万元, write the heading as 金额（万元）. Days are written 2024-03-05. Merge no cells.",
    ),
    (
        "",
        "A preview comes first: what is new, changed or wrong. Wrong rows are not taken in; mend them and send them again.",
    ),
)


def write_template(kind: Kind, stream: BinaryIO) -> None:
    """Write the template of a kind into a stream that stays open."""
    book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": kind.zh, "created": _MADE})
    columns = columns_of(kind)
    page = book.add_worksheet(kind.zh)
    how = book.add_worksheet(INSTRUCTIONS)
    options = book.add_worksheet(OPTIONS)
    ranges = _options(options, columns)
    _table(book, page, columns, ranges)
    _instructions(book, how, kind, columns)
    options.hide()
    page.activate()
    book.close()


def _table(book: Any, page: Any, columns: Sequence[Column], ranges: dict[str, str]) -> None:
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#E9F0F0", "top": 1}
    )
    must = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#FBEBD8", "top": 1}
    )
    small = book.add_format(
        {
            "font_size": 8,
            "font_color": "#555555",
            "text_wrap": True,
            "valign": "top",
            "bottom": 1,
            "bg_color": "#F6F8F8",
        }
    )
    page.set_row(0, 30)
    page.set_row(1, 24)
    for at, column in enumerate(columns):
        form = book.add_format({"num_format": _FORMATS[column.looks]})
        page.set_column(at, at, _width(column), form)
        page.write_string(
            0, at, f"{column.zh} *" if column.required else column.zh, must if column.required else head
        )
        page.write_string(1, at, column.en, small)
        page.write_comment(0, at, _note(column), {"x_scale": 2, "y_scale": 1.4, "author": ""})
        _example(book, page, at, column)
        _check(page, at, column, ranges)
    page.freeze_panes(_FIRST_ROW, 1)


def _example(book: Any, page: Any, at: int, column: Column) -> None:
    form = {"italic": True, "font_color": "#767676", "num_format": _FORMATS[column.looks]}
    looks, told = book.add_format(form), column.example
    if not told:
        return
    if column.looks is Looks.DAY:
        page.write_datetime(_EXAMPLE_ROW, at, datetime.date.fromisoformat(told), looks)
    elif column.looks is Looks.SHARE:
        page.write_number(_EXAMPLE_ROW, at, Decimal(told.rstrip("%")) / 100, looks)
    elif column.looks is Looks.TEXT:
        page.write_string(_EXAMPLE_ROW, at, told, looks)
    else:
        page.write_number(_EXAMPLE_ROW, at, Decimal(told), looks)


def _check(page: Any, at: int, column: Column, ranges: dict[str, str]) -> None:
    """What a spreadsheet lets a person write in a column."""
    rules: dict[Looks, dict[str, Any]] = {
        Looks.DAY: {
            "validate": "date",
            "criteria": "between",
            "minimum": datetime.date(1949, 1, 1),
            "maximum": datetime.date(2100, 12, 31),
        },
        Looks.MONEY: {"validate": "decimal", "criteria": ">=", "value": 0},
        Looks.WHOLE: {"validate": "integer", "criteria": ">=", "value": 0},
        Looks.SHARE: {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1},
    }
    rule = (
        {"validate": "list", "source": ranges[column.name]}
        if column.name in ranges
        else rules.get(column.looks)
    )
    if rule is None:
        return
    told = {"error_title": column.zh[:32], "error_message": _short(column.note_zh, 255), "ignore_blank": True}
    page.data_validation(_FIRST_ROW, at, MOST_ROWS + _FIRST_ROW, at, {**rule, **told})


def _options(page: Any, columns: Sequence[Column]) -> dict[str, str]:
    """Write what may be chosen; where each column's words stand."""
    ranges: dict[str, str] = {}
    for column in columns:
        if not column.options:
            continue
        at = len(ranges)
        page.write_string(0, at, column.zh)
        for number, option in enumerate(column.options, 1):
            page.write_string(number, at, option.zh)
        letter = letters(at + 1)
        ranges[column.name] = f"='{OPTIONS}'!${letter}$2:${letter}${len(column.options) + 1}"
    return ranges


def _instructions(book: Any, page: Any, kind: Kind, columns: Sequence[Column]) -> None:
    bold = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for at, width in enumerate((18, 18, 8, 60, 60, 24)):
        page.set_column(at, at, width)
    page.write_string(0, 0, f"{kind.zh} · {kind.many_en}", bold)
    for number, (name, told) in enumerate(_HOW, 1):
        page.write_string(number, 0, name, bold)
        page.write_string(number, 3, told, wrapped)
    first = len(_HOW) + 2
    for at, name in enumerate(("栏", "Column", "必填", "含义与写法", "Meaning and form", "示例 Example")):
        page.write_string(first, at, name, bold)
    for number, column in enumerate(columns, first + 1):
        told_of = (
            column.zh,
            column.en,
            "是 yes" if column.required else "",
            _with(column.note_zh, "可选：", "、".join(o.zh for o in column.options), "。"),
            _with(column.note_en, "one of: ", ", ".join(o.en for o in column.options), ". "),
            "" if column.name == KEY else column.example,
        )
        for at, text in enumerate(told_of):
            page.write_string(number, at, text, wrapped)
    if any(column.field and isinstance(column.field.value, SortCounts) for column in columns):
        _counts(page, first + len(columns) + 2, bold, wrapped)


def _counts(page: Any, first: int, bold: Any, wrapped: Any) -> None:
    """What is counted of each sort, and its stages: the words that a row of that sort may use."""
    heads = ("类别", "Sort", "", "可写的数量（单位）和进展", "Its counts and stages", "写法 Written as")
    for at, name in enumerate(heads):
        page.write_string(first, at, name, bold)
    for number, sort in enumerate(load_activities().values(), first + 1):
        counted, stages = sort.counts.values(), sort.stages.values()
        zh = "、".join(f"{c.name_zh}（{c.unit}）" for c in counted)
        en = ", ".join(c.name_en for c in counted)
        if stages:
            zh += f"。{sort.stage_zh}：{'、'.join(s.name_zh for s in stages)}"
            en += f". {sort.stage_en}: {', '.join(s.name_en for s in stages)}"
        written = "；".join(f"{c.name_zh} {n}" for n, c in zip((42, 3), counted, strict=False))
        for at, text in enumerate((sort.name_zh, sort.name_en, "", zh, en, written)):
            page.write_string(number, at, text, wrapped)


def _with(note: str, before: str, options: str, between: str) -> str:
    """A note with what may be chosen, where it does not tell so itself."""
    return (
        note if not options or options in note else between.join(filter(None, (note, f"{before}{options}")))
    )


def _note(column: Column) -> str:
    required = ("必填。", "Required. ") if column.required else ("", "")
    example = f"\n例 e.g. {column.example}" if column.example and column.name != KEY else ""
    return f"{required[0]}{_short(column.note_zh, 400)}\n{required[1]}{_short(column.note_en, 600)}{example}".strip()


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _width(column: Column) -> int:
    return {Looks.TEXT: 18, Looks.MONEY: 16}.get(column.looks, 13)
