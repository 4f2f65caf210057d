"""Evidence out of the ledger: what stands of its reports, for reasoning and for the checker."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from shanhai.ledger.contents import claim_of
from shanhai.ledger.models import STANDING, Report, Statement
from shanhai.ledger.packing import report_of
from shanhai.reasoning.evidence import Evidence

_PORTION = 200


def evidence_of(reports: Iterable[Report]) -> Iterator[Evidence]:
    """The evidence of reports in their order: of each the statements that stand, in text order."""
    portion: list[Report] = []
    for report in reports:
        portion.append(report)
        if len(portion) == _PORTION:
            yield from _portion(portion)
            portion = []
    yield from _portion(portion)


def _portion(reports: list[Report]) -> Iterator[Evidence]:
    standing = (
        Statement.objects.filter(report__in=[r.pk for r in reports], state__in=STANDING)
        .order_by("report_id", "start", "end", "id")
        .only("report_id", "content")
    )
    found = {number: list(group) for number, group in groupby(standing.iterator(), key=lambda s: s.report_id)}
    for report in reports:
        claims = tuple(claim_of(s, report.doc) for s in found.get(report.pk, ()))
        yield Evidence(report.doc, claims, report_of(report))
