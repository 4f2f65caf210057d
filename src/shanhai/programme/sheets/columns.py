"""The columns of a kind's sheet: what template, export and import share."""

import datetime
import re
import unicodedata
from decimal import Decimal
from enum import StrEnum
from typing import Any

import msgspec

from shanhai.catalogue.areas import load_areas
from shanhai.programme.actions.records import EVIDENCE
from shanhai.programme.kinds import Field, Kind
from shanhai.programme.kinds.sorts import SortKey, SortStage
from shanhai.programme.models import LONGEST_KEY
from shanhai.programme.values import (
    Amount,
    AreaKey,
    Choice,
    Context,
    Count,
    Day,
    Month,
    Option,
    Places,
    Quantity,
    Share,
    Text,
    Unreadable,
)

KEY = "key"
REASON, ROW, PAGE, LINK = "reason", "row", "page", "link"
EXAMPLE = ("示例（不导入）", "example (not imported)")
"""What stands in the example row in place of a number."""
OURS: dict[str, tuple[str, str]] = {
    REASON: ("需修改之处", "What to mend"),
    ROW: ("原行号", "Row before"),
    PAGE: ("记录页面", "Page of the record"),
    LINK: ("依据链接", "Link to the evidence"),
}
"""Columns that Shanhai itself adds to its sheets; reading passes them over."""
_REQUIRED = re.compile(r"[*＊]|\((必填|required)\)", re.IGNORECASE)
_EXACT_IN_CELLS = 15


class Looks(StrEnum):
    """How the cells of a column are formatted and checked by a spreadsheet."""

    TEXT = "text"
    DAY = "day"
    MONEY = "money"
    WHOLE = "whole"
    NUMBER = "number"
    SHARE = "share"


class Column(msgspec.Struct, frozen=True):
    """One column of a kind's sheet.

    Attributes:
        name: the field's; ``KEY`` or ``EVIDENCE``.
        field: None for the number and the evidence.
        zh, en: its heading.
        required: it must be filled.
        note_zh, note_en: what it means and how it is written.
        example: what stands in the example row.
        looks: how its cells are formatted.
        options: what may be chosen; none where anything may stand.
    """

    name: str
    field: Field | None
    zh: str
    en: str
    required: bool = False
    note_zh: str = ""
    note_en: str = ""
    example: str = ""
    looks: Looks = Looks.TEXT
    options: tuple[Option, ...] = ()


def columns_of(kind: Kind) -> tuple[Column, ...]:
    """The number, the fields, the evidence."""
    return (_key(kind), *(_column(field) for field in kind.fields), _EVIDENCE)


def plain_heading(text: str) -> str:
    """A heading as it is compared: half-width, no blanks, no mark of what is required, in lower case.

    >>> plain_heading(" 项目 名称（必填）＊"), plain_heading("Planned money *")
    ('项目名称', 'plannedmoney')
    """
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"\s+", "", _REQUIRED.sub("", text)).casefold()


def cell_of(
    field: Field, value: Any, context: Context, english: bool = False
) -> str | int | Decimal | datetime.date | None:
    """A value as it stands in a cell, so that reading the cell gives the same value again."""
    if value is None or value in ("", [], {}):
        return None
    if isinstance(value, bool):
        return field.value.shown(value, english)
    if isinstance(value, Decimal) and not isinstance(field.value, Share):
        return value
    if isinstance(value, int) or (isinstance(value, datetime.date) and not isinstance(field.value, Month)):
        return value
    for told in (field.value.shown(value, english), field.value.shown(value), _by_codes(field, value)):
        if told and _reads(field, told, value, context):
            return told
    return str(field.value.plain(value))


def _reads(field: Field, told: str, value: Any, context: Context) -> bool:
    try:
        return bool(field.value.plain(field.value.read(told, context)) == field.value.plain(value))
    except Unreadable:
        return False


def _by_codes(field: Field, value: Any) -> str:
    """Places by their codes, where a name means several."""
    if not isinstance(field.value, Places):
        return ""
    return "；".join(f"{code}{within}" for code, within in value)


def _key(kind: Kind) -> Column:
    return Column(
        KEY,
        None,
        "编号",
        "Number",
        note_zh=f"{kind.zh}的编号，最多{LONGEST_KEY}个字。再次导入时凭编号更新；空着则按内容辨认，新的自动编号（{kind.prefix}1…）",
        note_en=f"number of the {kind.en}, at most {LONGEST_KEY} characters. A later import updates by it; where it is empty "
        f"the content tells, and what is new gets one ({kind.prefix}1…)",
        example=EXAMPLE[0],
    )


_EVIDENCE = Column(
    EVIDENCE,
    None,
    "依据",
    "Evidence",
    note_zh="存档依据：文件号，或来源的网址",
    note_en="where it is on file: a document's number, or the address of a source",
    example="县财政局〔2023〕12号",
)


def _column(field: Field) -> Column:
    zh, en = field.value.note()
    return Column(
        field.name,
        field,
        field.zh,
        field.en,
        field.required,
        "。".join(filter(None, (field.note_zh, zh))),
        ". ".join(filter(None, (field.note_en, en))),
        field.example,
        _looks(field),
        _options(field),
    )


def _looks(field: Field) -> Looks:
    value = field.value
    if isinstance(value, Day) and not isinstance(value, Month):
        return Looks.DAY
    if isinstance(value, Amount):
        return Looks.MONEY
    if isinstance(value, Count):
        return Looks.WHOLE
    if isinstance(value, Share):
        return Looks.SHARE
    return Looks.NUMBER if isinstance(value, Quantity) else Looks.TEXT


def _options(field: Field) -> tuple[Option, ...]:
    value = field.value
    if isinstance(value, Choice | SortKey):
        return tuple(value.options)
    if isinstance(value, AreaKey):
        return tuple(Option(key, area.name_zh, area.name_en) for key, area in load_areas().items())
    return SortStage().options if isinstance(value, SortStage) else ()


def is_free_text(field: Field | None) -> bool:
    """Whether what stands in parentheses after a heading is a remark, and changes nothing that is read."""
    return field is None or isinstance(
        field.value, Text | Choice | Day | SortKey | SortStage | AreaKey | Places
    )
