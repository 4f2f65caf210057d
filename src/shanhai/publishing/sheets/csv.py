"""CSV for spreadsheets: UTF-8 with mark, numbers plain, days as ISO dates, no text like a formula."""

import csv
import datetime
import io
from decimal import Decimal
from typing import BinaryIO

from shanhai.publishing.sheets.cells import harmless
from shanhai.publishing.sheets.sheet import Sheet, Value


def write(sheet: Sheet, stream: BinaryIO) -> None:
    """Headings, then a line a row; the notes have no place in it."""
    text = io.TextIOWrapper(stream, "utf-8", errors="replace", newline="", write_through=True)
    text.write("\ufeff")
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow([harmless(column.heading) for column in sheet.columns])
    for row in sheet.rows:
        rows.writerow([_told(value) for value in row])
    text.flush()
    text.detach()


def _told(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
