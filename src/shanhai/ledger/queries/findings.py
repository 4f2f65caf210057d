"""What the queue of findings asks."""

from collections.abc import Sequence

import msgspec
from django.db.models import Exists, OuterRef, QuerySet

from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotPossible
from shanhai.ledger.models import Finding, FindingStatement, FindingWork
from shanhai.ledger.queries.narrowing import of_pairing
from shanhai.ledger.queries.paging import SIZE, Page, Total, number_of, total
from shanhai.model import Severity

SEVERITIES = tuple(s.value for s in (Severity.ERROR, Severity.WARNING, Severity.INFO))
"""The most severe first, as in the queue."""


class FindingFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which findings; what is "" or None does not narrow.

    Attributes:
        pairing: a pairing's key, or ``narrowing.UNFILED``.
        code, severity: as docs/findings.md has them.
        assigned_to: an account's id; 0 for those assigned to no one.
        settled: only those that are settled, or only those that are not.
    """

    pairing: str = ""
    code: str = ""
    severity: str = ""
    assigned_to: int | None = None
    settled: bool | None = False


class Queued(msgspec.Struct, frozen=True):
    """One finding of the queue, with who sees to it; ``work`` is None where no one has touched it."""

    finding: Finding
    work: FindingWork | None


def findings(actor: Actor, wanted: FindingFilter, after: str = "", size: int = SIZE) -> Page[Queued]:
    """The findings, the most severe first.

    Raises:
        NotThere: the actor sees no such pairing.
        NotPossible: the cursor is none.
    """
    rows = _filtered(actor, wanted).select_related("pairing")
    severities = (wanted.severity,) if wanted.severity else SEVERITIES
    begin, number = _place(after, severities)
    found: list[Finding] = []
    for severity in severities[begin:]:
        narrowed = rows.filter(severity=severity, pk__gt=number).order_by("pk")
        found += narrowed[: size + 1 - len(found)]
        number = 0
        if len(found) > size:
            break
    more = len(found) > size
    cursor = f"{found[size - 1].severity}-{found[size - 1].pk}" if more else ""
    return Page(_with_work(found[:size]), cursor)


def number_of_findings(actor: Actor, wanted: FindingFilter) -> Total:
    """How many findings the whole list has."""
    return total(_filtered(actor, wanted))


def cited(finding: Finding, most: int = 200) -> list[FindingStatement]:
    """What a finding names, that the actor was given by ``access.access_finding``; with reports (without contents)."""
    told = finding.cited.select_related("report__source", "statement").defer("report__content")
    return list(told.order_by("pk")[:most])


def _filtered(actor: Actor, wanted: FindingFilter) -> QuerySet[Finding]:
    rows = access.findings(actor).filter(of_pairing(actor, wanted.pairing))
    rows = rows.filter(**{n: v for n in ("code", "severity") if (v := getattr(wanted, n))})
    work = FindingWork.objects.filter(key=OuterRef("key"))
    if wanted.assigned_to is not None:
        assigned = work.filter(assigned_to__isnull=False)
        if wanted.assigned_to:
            rows = rows.filter(Exists(assigned.filter(assigned_to=wanted.assigned_to)))
        else:
            rows = rows.filter(~Exists(assigned))
    if wanted.settled is not None:
        settled = Exists(work.filter(settled=True))
        rows = rows.filter(settled if wanted.settled else ~settled)
    return rows


def _place(after: str, severities: Sequence[str]) -> tuple[int, int]:
    """Which severity a page begins in, and after which id."""
    if not after:
        return 0, 0
    severity, _, number = after.partition("-")
    if severity not in severities:
        raise NotPossible(
            f"页码“{after[:30]}”与所选筛选不符。请从列表第一页重新开始。",
            f"“{after[:30]}” is no place in this list. Begin at its first page again.",
        )
    return severities.index(severity), number_of(number)


def _with_work(found: Sequence[Finding]) -> list[Queued]:
    works = FindingWork.objects.filter(key__in=[f.key for f in found]).select_related("assigned_to")
    by_key = {work.key: work for work in works}
    return [Queued(finding, by_key.get(finding.key)) for finding in found]
