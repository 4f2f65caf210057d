"""Parquet with exact decimals; the notes stand in the file's metadata."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any, BinaryIO

import msgspec

from shanhai.publishing.sheets.sheet import Kind, Sheet, Value

_BATCH = 10_000
_DIGITS, _DECIMALS = 38, 10
_LARGEST_WHOLE = 2**63


def write(sheet: Sheet, stream: BinaryIO) -> None:
    """Write the rows some thousands at a time.

    A number that 28 digits before and 10 behind the point cannot hold exactly is left empty; its text beside it tells it.
    """
    import pyarrow as arrow
    from pyarrow import parquet

    types: dict[Kind, Any] = {
        Kind.TEXT: arrow.string(),
        Kind.LINK: arrow.string(),
        Kind.WHOLE: arrow.int64(),
        Kind.EXACT: arrow.decimal128(_DIGITS, _DECIMALS),
        Kind.DAY: arrow.date32(),
    }
    headings = {column.name: column.heading for column in sheet.columns}
    told = {
        "title": sheet.title,
        "headings": msgspec.json.encode(headings).decode(),
        "notes": msgspec.json.encode(sheet.notes).decode(),
        "made": sheet.made.isoformat(),
    }
    schema = arrow.schema([(column.name, types[column.kind]) for column in sheet.columns], metadata=told)
    with parquet.ParquetWriter(stream, schema, compression="zstd") as table:
        for rows in _portions(iter(sheet.rows)):
            cells = [
                arrow.array([_fitted(row[at], column.kind) for row in rows], types[column.kind])
                for at, column in enumerate(sheet.columns)
            ]
            table.write_table(arrow.Table.from_arrays(cells, schema=schema))


def _portions(rows: Iterator[Sequence[Value]]) -> Iterator[list[Sequence[Value]]]:
    while portion := list(islice(rows, _BATCH)):
        yield portion


def _fitted(value: Value, kind: Kind) -> Value:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if kind is Kind.WHOLE and isinstance(value, int):
        return value if -_LARGEST_WHOLE <= value < _LARGEST_WHOLE else None
    if kind is Kind.EXACT and isinstance(value, (int, Decimal)):
        exact = Decimal(value)
        places = -int(exact.normalize().as_tuple().exponent) if exact else 0
        fits = exact.is_finite() and places <= _DECIMALS and exact.adjusted() < _DIGITS - _DECIMALS
        return exact if fits else None
    return value
