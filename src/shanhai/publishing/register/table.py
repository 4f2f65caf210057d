"""Any table of the register as a sheet: the columns of its template, then links to the evidence and to the record's page.

Such a file can be imported again and changes nothing.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence

from shanhai.programme.kinds import Kind as RecordKind
from shanhai.programme.models import Record
from shanhai.programme.sheets.columns import LINK, OURS, PAGE, Looks, cell_of, columns_of
from shanhai.programme.values import Context
from shanhai.publishing.sheets import Column, Kind, Sheet, Value

_KINDS = {Looks.DAY: Kind.DAY, Looks.MONEY: Kind.EXACT, Looks.WHOLE: Kind.WHOLE, Looks.NUMBER: Kind.EXACT}
_INSIDE = ("/sources/", "/room/", "/facts/")


def table_of(
    kind: RecordKind,
    records: Iterable[Record],
    context: Context,
    page_of: Callable[[Record], str],
    *,
    made: datetime.datetime,
    notes: Sequence[tuple[str, str]] = (),
    english: bool = False,
) -> Sheet:
    """The sheet.

    Args:
        kind: of the records.
        records: them, in order; taken one by one.
        context: of their pairing: a place is written by its name where reading finds it again.
        page_of: the whole address of a record's page.
        made: the time of the data.
        notes: what a reader must know.
        english: headings and words in English.
    """
    title = kind.many_en.capitalize() if english else kind.zh
    return Sheet(
        title,
        columns_with_links(kind, english),
        rows_with_links(kind, records, context, page_of, english),
        notes,
        "Notes" if english else "附注",
        made,
    )


def columns_with_links(kind: RecordKind, english: bool) -> list[Column]:
    """The columns of a kind's table."""
    columns = [
        Column(
            c.name,
            c.en if english else c.zh,
            _KINDS.get(c.looks, Kind.TEXT),
            18 if c.looks is Looks.TEXT else 14,
        )
        for c in columns_of(kind)
    ]
    return [*columns, *(Column(name, OURS[name][english], Kind.LINK, 30) for name in (LINK, PAGE))]


def rows_with_links(
    kind: RecordKind,
    records: Iterable[Record],
    context: Context,
    page_of: Callable[[Record], str],
    english: bool,
) -> Iterator[Sequence[Value]]:
    """The rows of a kind's table."""
    for record in records:
        page = page_of(record)
        cells = [cell_of(field, getattr(record, field.name), context, english) for field in kind.fields]
        yield [record.key, *cells, record.evidence or None, _evidence(record.evidence, page), page]


def _evidence(told: str, page: str) -> str:
    """The address of the evidence, where it is one; "" where it is a document's number."""
    if told.startswith(("https://", "http://")):
        return told
    if told.startswith(_INSIDE) and "://" in page:
        scheme, _, rest = page.partition("://")
        return f"{scheme}://{rest.partition('/')[0]}{told}"
    return ""
