"""Receiving: bytes become a source, and its report's claims become statements.

The same bytes twice change nothing but, under another name or from another place, the list of receipts. A source that
was read by an older version is read again: statements that are told the same stay as they are, with what was decided
about them; the others make way for what is told now.
"""

import datetime
import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from django.db import IntegrityError, transaction
from django.utils import timezone

from shanhai.ledger import bulk
from shanhai.ledger.actions.reread import read_again
from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import record
from shanhai.ledger.contents import columns_of, content_of, key_of
from shanhai.ledger.errors import NotPossible
from shanhai.ledger.models import (
    STANDING,
    Content,
    Pairing,
    Progress,
    Receipt,
    Source,
    State,
    Statement,
)
from shanhai.ledger.models import Report as ReportRow
from shanhai.ledger.packing import packed, packed_report
from shanhai.ledger.rights import Right
from shanhai.ledger.search import index_report
from shanhai.ledger.unseen import without_unseen
from shanhai.ledger.versions import reader_version
from shanhai.model import Claim, Report
from shanhai.reasoning.sources.publishers import kind_of

_LONGEST_NAME, _LONGEST_ORIGIN, _LONGEST_DOC = 255, 2000, 290


class Arrival(msgspec.Struct, frozen=True):
    """What came: bytes, and what reading made of them.

    Attributes:
        data: as received.
        name: the file's name.
        origin: where it came from: a path, an address, "" for pasted text.
        report, claims: what was read; no report where nothing could be.
        fault: why not.
        media_type: as recognised, where there is no report.
    """

    data: bytes
    name: str
    origin: str = ""
    report: Report | None = None
    claims: Sequence[Claim] = ()
    fault: str = ""


class Received(msgspec.Struct, frozen=True):
    """What became of an arrival.

    Attributes:
        source: the source.
        progress: READ where it was read now; KNOWN where it was in the ledger and read by this version already;
            REFUSED where nothing can be read from it; its bytes are kept all the same.
        statements: how many stand now.
        new, gone, reopened: how many came, went, and lost the decision about them.
    """

    source: Source
    progress: Progress
    statements: int = 0
    new: int = 0
    gone: int = 0
    reopened: int = 0


def unknown(data: bytes) -> bool:
    """Whether bytes must be read: no source has them, or an older version read it."""
    sha256 = hashlib.sha256(data).hexdigest()
    return not Source.objects.filter(sha256=sha256, report__reader=reader_version()).exists()


@transaction.atomic
def receive(
    arrival: Arrival,
    *,
    actor: Actor,
    pairing: Pairing | None = None,
    at: datetime.datetime | None = None,
) -> Received:
    """Store what came, and what was read from it.

    Raises:
        NotAllowed: the actor may not send sources to the pairing.
        NotPossible: the report was read from other bytes.
    """
    actor.require(Right.SEND, pairing.pk if pairing else None)
    at = at or timezone.now()
    sha256 = hashlib.sha256(arrival.data).hexdigest()
    if arrival.report is not None and arrival.report.source.sha256 != sha256:
        raise NotPossible(
            f"“{arrival.name}”在读取时被改动，未入库。请再次上传。",
            f"{arrival.name} was changed while it was read, and was not stored. Send it again.",
        )
    source, new_source = _source(arrival, sha256, pairing)
    new_receipt = _receipt(source, arrival, actor, at, new_source)
    row = None if new_source else ReportRow.objects.select_for_update().filter(source=source).first()
    if arrival.report is None:
        if new_source:
            record(
                actor, "refuse", f"source:{sha256}", at=at, new={"name": source.name, "fault": source.fault}
            )
        elif new_receipt:
            told = {"name": _name(arrival.name), "origin": without_unseen(arrival.origin)}
            record(actor, "receipt", f"source:{sha256}", at=at, new=told)
        return Received(source, Progress.REFUSED if row is None else Progress.KNOWN)
    if row is not None and row.reader == reader_version():
        if new_receipt:
            told = {"name": _name(arrival.name), "origin": without_unseen(arrival.origin)}
            record(actor, "receipt", f"source:{sha256}", at=at, new=told)
        return Received(source, Progress.KNOWN, row.statements)
    return _read(source, row, arrival.report, arrival.claims, actor, at)


def _source(arrival: Arrival, sha256: str, pairing: Pairing | None) -> tuple[Source, bool]:
    source, new = Source.objects.get_or_create(
        sha256=sha256,
        defaults={
            "name": _name(arrival.name),
            "size": len(arrival.data),
            "media_type": arrival.report.source.media_type if arrival.report else "",
            "fault": arrival.fault,
            "pairing": pairing,
        },
    )
    if not new:
        if arrival.report is not None and source.fault:
            source.fault, source.media_type = "", arrival.report.source.media_type
            source.save(update_fields=("fault", "media_type"))
        return source, False
    Content.objects.create(source=source, compressed=packed(arrival.data))
    return source, True


def _receipt(source: Source, arrival: Arrival, actor: Actor, at: datetime.datetime, first: bool) -> bool:
    """Whether the source never came in this way before; then it is kept how it came."""
    way = {
        "source": source,
        "name": _name(arrival.name),
        "origin": without_unseen(arrival.origin)[:_LONGEST_ORIGIN],
    }
    if first:
        Receipt.objects.create(**way, at=at, by=actor.name)
        return True
    _, new = Receipt.objects.get_or_create(**way, defaults={"at": at, "by": actor.name})
    return new


def _name(name: str) -> str:
    return without_unseen(name).replace("\\", "/").rsplit("/", 1)[-1][-_LONGEST_NAME:]


def _read(
    source: Source,
    row: ReportRow | None,
    report: Report,
    claims: Sequence[Claim],
    actor: Actor,
    at: datetime.datetime,
) -> Received:
    """Put a reading in the place of the one before it."""
    before = row.reader if row else None
    if before:
        source = Source.objects.select_related("pairing").get(
            pk=source.pk
        )  # it may have been filed meanwhile
    told = list(_told(source, report, claims, at))
    row = _report(source, row, report, at)
    if before is None:
        fresh, gone, reopened = len(told), 0, 0
        bulk.insert(Statement, [{"report_id": row.pk, **figure} for figure in told])
        _keep_counts(row, len(told), sum(not figure["minor"] for figure in told))
    else:
        fresh, gone, reopened = read_again(row, report.source_text, told, at)
        count(row)
    index_report(row, report)
    keys = hashlib.sha256("\n".join(sorted(figure["key"] for figure in told)).encode()).hexdigest()
    new = {"reader": row.reader, "doc": row.doc, "statements": len(told), "keys": keys}
    if source.pairing:
        new["pairing"] = source.pairing.key
    if before:
        new |= {"new": fresh, "gone": gone, "reopened": reopened}
    record(
        actor,
        "read again" if before else "read",
        f"source:{source.sha256}",
        at=at,
        old={"reader": before} if before else None,
        new=new,
    )
    return Received(source, Progress.READ, row.statements, fresh, gone, reopened)


def _report(source: Source, row: ReportRow | None, report: Report, at: datetime.datetime) -> ReportRow:
    row = row or ReportRow(source=source, doc=_doc(report.doc, source.sha256))
    row.title = report.title or ""
    row.publisher = (report.publisher or "")[:300]
    row.publisher_kind = kind_of(report.publisher or "", report.title or "")
    row.author = (report.author or "")[:300]
    row.date = report.date
    row.reader = reader_version()
    row.read_at = at
    row.content = packed_report(report)
    if row.pk:
        row.save()
        return row
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # another transaction has taken the name since it was looked for
        row.doc = _with_digits(row.doc, source.sha256)
        row.save()
    return row


def _doc(doc: str, sha256: str) -> str:
    """The report's name, with a few digits of the hash where another report has it."""
    doc = without_unseen(doc)[:_LONGEST_DOC]
    return _with_digits(doc, sha256) if ReportRow.objects.filter(doc=doc).exists() else doc


def _with_digits(doc: str, sha256: str) -> str:
    return f"{doc}~{sha256[:8]}"


def _told(
    source: Source, report: Report, claims: Sequence[Claim], at: datetime.datetime
) -> Iterator[dict[str, Any]]:
    """The columns of a reading's statements, each once."""
    within = source.pairing.receiving_code if source.pairing else ""
    seen: set[str] = set()
    for claim in claims:
        content = content_of(claim)
        key = key_of(source.sha256, content)
        if key in seen:
            continue
        seen.add(key)
        yield {
            "key": key,
            "content": content,
            "pairing_id": source.pairing_id,
            "first_seen": at,
            "last_seen": at,
            **columns_of(claim, report, within),
        }


def count(row: ReportRow) -> None:
    """Count the statements of a report that stand, and those of them that wait for a decision."""
    states = list(Statement.objects.filter(report=row, state__in=STANDING).values_list("state", "minor"))
    _keep_counts(row, len(states), sum(state == State.OPEN and not minor for state, minor in states))


def _keep_counts(row: ReportRow, statements: int, waiting: int) -> None:
    """Keep how many statements of a report stand, and how many of them wait."""
    row.statements, row.waiting = statements, waiting
    ReportRow.objects.filter(pk=row.pk).update(statements=statements, waiting=waiting)
