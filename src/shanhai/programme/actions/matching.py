"""Holding the statements of a pairing against its register, anew; the rows can always be made again."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import head
from shanhai.ledger.contents import claim_of
from shanhai.ledger.models import STANDING, Pairing, Statement
from shanhai.ledger.rights import Right
from shanhai.ledger.turns import Turn, take
from shanhai.programme.matching.deciding import match
from shanhai.programme.matching.register import Holdings, frame_of, is_kept
from shanhai.programme.matching.said import said_of
from shanhai.programme.matching.told import Matched
from shanhai.programme.models import MatchBuild, MatchedRecord, RecordMatch

_BATCH = 500


def rebuild_matches(pairing: Pairing, *, actor: Actor, at: datetime.datetime | None = None) -> dict[str, int]:
    """Hold all statements of a pairing that stand against its register; how many there are of each verdict.

    Where the register is empty, no verdicts are kept: nothing is said of statements that nobody could have entered.

    Raises:
        NotAllowed: the actor may not rebuild.
    """
    actor.require(Right.REBUILD, pairing.pk)
    return renew_matches(pairing, at=at)


def renew_matches(pairing: Pairing, *, at: datetime.datetime | None = None) -> dict[str, int]:
    """The same for what renews itself, such as an archive that was read: nobody asks for it."""
    last = head()
    found = list(_matched(pairing)) if is_kept(pairing) else []
    return _exchange(pairing, found, last.number if last else 0, at or timezone.now())


def _matched(pairing: Pairing) -> Iterator[tuple[int, str, Matched]]:
    frame, holdings = frame_of(pairing), Holdings(pairing)
    statements = (
        Statement.objects.filter(pairing=pairing, state__in=STANDING, minor=False, value__isnull=False)
        .select_related("report")
        .defer("report__content")
        .order_by("pk")
    )
    for statement in statements.iterator(_BATCH):
        said = said_of(claim_of(statement, statement.report.doc), statement.report.date, statement.place_code)
        yield statement.pk, said.unit, match(said, holdings.measures(said), frame)


@transaction.atomic
def _exchange(
    pairing: Pairing, found: list[tuple[int, str, Matched]], entry: int, at: datetime.datetime
) -> dict[str, int]:
    take(Turn.FILING)
    RecordMatch.objects.filter(pairing=pairing).delete()
    still = set(Statement.objects.filter(pairing=pairing, state__in=STANDING).values_list("pk", flat=True))
    counts: dict[str, int] = dict.fromkeys(RecordMatch.Verdict.values, 0)
    kept = [one for one in found if one[0] in still]
    for begin in range(0, len(kept), _BATCH):
        portion = kept[begin : begin + _BATCH]
        rows = RecordMatch.objects.bulk_create(
            RecordMatch(
                statement_id=number,
                pairing=pairing,
                verdict=told.verdict.value,
                reason_zh=told.zh,
                reason_en=told.en,
                **_numbers(told),
                unit=unit[:32],
                count=told.count,
            )
            for number, unit, told in portion
        )
        records = [
            record
            for row, (_, _, told) in zip(rows, portion, strict=True)
            for record in _records(row, told, pairing)
        ]
        MatchedRecord.objects.bulk_create(records, batch_size=_BATCH * 2)
        for _, _, told in portion:
            counts[told.verdict.value] += 1
    MatchBuild.objects.update_or_create(pairing=pairing, defaults={"entry": entry, "at": at})
    return counts


def _numbers(told: Matched) -> dict[str, Any]:
    return {"figure": told.figure, "difference": told.difference}


def _records(row: RecordMatch, told: Matched, pairing: Pairing) -> Iterator[MatchedRecord]:
    explaining = {(i.kind, i.key) for i in told.explains}
    others = [i for i in told.items if i.kind and (i.kind, i.key) not in explaining]
    for item in (*told.explains, *others):
        yield MatchedRecord(
            match=row,
            pairing=pairing,
            kind=item.kind,
            key=item.key,
            project=item.project,
            explains=(item.kind, item.key) in explaining,
        )
