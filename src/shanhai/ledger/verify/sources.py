"""Whether sources, reports and statements match the bytes, the texts and each other."""

import hashlib
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from django.db.models import Count, Q

from shanhai.ledger.contents import claim_of, columns_of, key_of
from shanhai.ledger.models import STANDING, Content, Origin, Report, Source, State, Statement
from shanhai.ledger.packing import report_of, unpacked
from shanhai.ledger.verify.faults import Fault, Trouble
from shanhai.model import Report as ModelReport
from shanhai.reasoning.sources.publishers import kind_of

_BY_CATALOGUE = ("place_code",)
"""Columns that depend on the catalogue of their time; the seals hold them."""


def faults(advance: Callable[[], None]) -> Iterator[Fault]:
    """What does not match, source by source, then report by report."""
    for source in Source.objects.order_by("pk").iterator(200):
        yield from _bytes(source)
    for row in Report.objects.order_by("pk").select_related("source").iterator(50):
        report = None
        try:
            report = report_of(row)
        except (zlib.error, msgspec.MsgspecError):
            yield _fault(
                Trouble.CONTENT,
                row,
                "content",
                "报告内容已损坏，无法读出。",
                "The report cannot be read any more.",
            )
        if report is not None:
            yield from _report(row, report)
        yield from _statements(row, report)
        yield from _counts(row)
        advance()


def _bytes(source: Source) -> Iterator[Fault]:
    content = Content.objects.filter(pk=source.pk).first()
    if content is None:
        yield _fault(
            Trouble.MISSING, source, "content", "原始字节不在账本中。", "Its bytes are not in the ledger."
        )
        return
    try:
        data = unpacked(content.compressed)
    except zlib.error:
        yield _fault(Trouble.BYTES, content, "compressed", "原始字节已损坏。", "Its bytes are damaged.")
        return
    if hashlib.sha256(data).hexdigest() != source.sha256:
        yield _fault(
            Trouble.BYTES,
            content,
            "compressed",
            "原始字节与 sha256 不符。",
            "Its bytes do not match the sha256.",
        )
    if len(data) != source.size:
        yield _fault(
            Trouble.BYTES,
            source,
            "size",
            f"大小记为{source.size}字节，实为{len(data)}。",
            f"Its size is given as {source.size} bytes and is {len(data)}.",
        )


def _report(row: Report, report: ModelReport) -> Iterator[Fault]:
    if report.source.sha256 != row.source.sha256:
        yield _fault(
            Trouble.CONTENT, row, "content", "报告读自另一来源。", "The report was read from another source."
        )
    told = {
        "title": report.title or "",
        "publisher": (report.publisher or "")[:300],
        "publisher_kind": kind_of(report.publisher or "", report.title or ""),
        "author": (report.author or "")[:300],
        "date": report.date,
    }
    yield from _differing(row, told)


def _statements(row: Report, report: ModelReport | None) -> Iterator[Fault]:
    for statement in Statement.objects.filter(report=row).order_by("pk").iterator(500):
        if key_of(row.source.sha256, statement.content) != statement.key:
            yield _fault(
                Trouble.CONTENT,
                statement,
                "content",
                f"“{statement.quote}”的内容与其标识不符。",
                f"The content of “{statement.quote}” does not match its key.",
            )
        if statement.pairing_id != row.source.pairing_id:
            yield _fault(
                Trouble.CONTENT,
                statement,
                "pairing_id",
                "与来源的结对关系不一致。",
                "It is filed under another pairing than its source.",
            )
        try:
            claim = claim_of(statement, row.doc)
        except ValueError:
            yield _fault(
                Trouble.CONTENT, statement, "content", "内容不是数字。", "The content is no claim any more."
            )
            continue
        if report is None:
            continue
        told = columns_of(claim, report, "")
        if claim.period is None and not _of_this_reading(statement, row):
            told.pop("year")  # it was given by the date that an older reading found
        yield from _differing(statement, {k: v for k, v in told.items() if k not in _BY_CATALOGUE})
        stands = report.source_text[claim.start : claim.end]
        if _of_this_reading(statement, row) and stands != claim.quote:
            yield _fault(
                Trouble.QUOTE,
                statement,
                "quote",
                f"原文第{claim.start}字处不是“{claim.quote}”。",
                f"“{claim.quote}” does not stand at character {claim.start} of the source.",
            )


def _of_this_reading(statement: Statement, row: Report) -> bool:
    """Whether a statement is about the text as it was read last."""
    if statement.origin == Origin.REVIEW:
        return statement.first_seen >= row.read_at
    return statement.state != State.GONE


def _counts(row: Report) -> Iterator[Fault]:
    counted = Statement.objects.filter(report=row, state__in=STANDING).aggregate(
        statements=Count("pk"), waiting=Count("pk", filter=Q(state=State.OPEN, minor=False))
    )
    for column, number in counted.items():
        if getattr(row, column) != number:
            yield _fault(
                Trouble.COUNT,
                row,
                column,
                f"记为{getattr(row, column)}，实为{number}。",
                f"It is given as {getattr(row, column)} and is {number}.",
            )


def _differing(row: Report | Statement, told: dict[str, Any]) -> Iterator[Fault]:
    for column, value in told.items():
        stored = getattr(row, column)
        if stored != value:
            yield _fault(
                Trouble.CONTENT,
                row,
                column,
                f"记为“{stored}”，内容中是“{value}”。",
                f"It is given as “{stored}”; the content says “{value}”.",
            )


def _fault(
    trouble: Trouble, row: Source | Content | Report | Statement, column: str, zh: str, en: str
) -> Fault:
    return Fault(trouble, row._meta.model_name or "", str(row.pk), column, zh, en)
