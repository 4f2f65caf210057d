"""Reports and bytes as the ledger keeps them: compressed."""

import zlib

import msgspec

from shanhai.ledger.models import Report as Row
from shanhai.model import Report

_LEVEL = 6
_REPORT = msgspec.json.Decoder(Report)
_ENCODER = msgspec.json.Encoder(decimal_format="number")


def packed(data: bytes) -> bytes:
    """The bytes compressed."""
    return zlib.compress(data, _LEVEL)


def unpacked(compressed: bytes | memoryview) -> bytes:
    """The bytes as they were."""
    return zlib.decompress(compressed)


def packed_report(report: Report) -> bytes:
    """A report as stored."""
    return packed(_ENCODER.encode(report))


def report_of(row: Row) -> Report:
    """The report that a row holds."""
    return _REPORT.decode(unpacked(row.content))
