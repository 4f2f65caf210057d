"""What the draft checker asks: the evidence of pairings, and where its sentences can be opened."""

from collections.abc import Collection, Iterator
from itertools import groupby

import msgspec
from django.db.models import Q, QuerySet

from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotPossible
from shanhai.ledger.evidence import evidence_of
from shanhai.ledger.models import STANDING, Report
from shanhai.ledger.queries.paging import total
from shanhai.reasoning.evidence import Evidence

MOST = 100_000
"""Figures that a draft is held against at most: more take more memory and time than a check may."""
_BATCH = 200


class Opened(msgspec.Struct, frozen=True):
    """Where a report of the evidence is opened.

    Attributes:
        doc: the report's name.
        sha256: of its source.
        figures: start, end and key of each figure that stands.
    """

    doc: str
    sha256: str
    figures: tuple[tuple[int, int, str], ...]


def require_few(actor: Actor, pairings: Collection[int | None], most: int = MOST) -> None:
    """Refuse evidence that is too large for one check.

    Raises:
        NotPossible: the pairings hold more figures than a draft can be held against.
    """
    rows = access.statements(actor).filter(_of(pairings, "pairing"), state__in=STANDING)
    if total(rows, most).more:
        raise NotPossible(
            f"所选结对关系共有{most:,}个以上的数字，一次核对不了。请只选与初稿有关的结对关系。",
            f"The pairings hold more than {most:,} figures, too many for one check. Choose only those the draft is about.",
        )


def evidence(actor: Actor, pairings: Collection[int | None]) -> Iterator[Evidence]:
    """What stands of the reports of pairings (None: of what is filed under none), as far as the actor may see them."""
    return evidence_of(_reports(actor, pairings).iterator(_BATCH))


def opened(actor: Actor, pairings: Collection[int | None]) -> Iterator[Opened]:
    """Where the sentences of the same reports are opened."""
    rows = access.statements(actor).filter(_of(pairings, "pairing"), state__in=STANDING)
    told = (
        rows.order_by("report_id", "start", "end").values_list("report_id", "start", "end", "key").iterator()
    )
    figures = {
        report: tuple((s, e, key) for _, s, e, key in group)
        for report, group in groupby(told, lambda r: r[0])
    }
    reports = _reports(actor, pairings).values_list("pk", "doc", "source__sha256")
    for number, doc, sha256 in reports.iterator():
        yield Opened(doc, sha256, figures.get(number, ()))


def _reports(actor: Actor, pairings: Collection[int | None]) -> QuerySet[Report]:
    return access.reports(actor).filter(_of(pairings, "source__pairing")).order_by("pk")


def _of(pairings: Collection[int | None], path: str) -> Q:
    named = Q(**{f"{path}__in": [one for one in pairings if one is not None]})
    return named | Q(**{path: None}) if None in pairings else named
