"""Tables as files: XLSX, CSV and Parquet, with the same rows and types in each.

A ``Sheet`` says what stands in it; ``write`` puts it into a stream, a few rows at a time. The same sheet gives the same bytes.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import BinaryIO

from shanhai.publishing.sheets import csv, parquet, xlsx
from shanhai.publishing.sheets.sheet import Column, Kind, Sheet, Value

__all__ = ["MEDIA_TYPES", "Column", "Format", "Kind", "Sheet", "Value", "write"]


class Format(StrEnum):
    """What a table can be written as; the value is the file's ending."""

    XLSX = "xlsx"
    CSV = "csv"
    PARQUET = "parquet"


MEDIA_TYPES: Mapping[Format, str] = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv; charset=utf-8",
    Format.PARQUET: "application/vnd.apache.parquet",
}

_WRITERS: Mapping[Format, Callable[[Sheet, BinaryIO], None]] = {
    Format.XLSX: xlsx.write,
    Format.CSV: csv.write,
    Format.PARQUET: parquet.write,
}


def write(sheet: Sheet, wanted: Format, stream: BinaryIO) -> None:
    """Write a sheet into a stream that stays open."""
    _WRITERS[wanted](sheet, stream)
