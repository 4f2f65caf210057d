"""Sources are filed under pairings.

A source's report, statements and place codes go with it. What reasoning made of them under the pairing before is taken
away at once, so that nobody reads it there who may not read the source; both pairings are then stale until rebuilt.
"""

import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import record
from shanhai.ledger.contents import code_of
from shanhai.ledger.errors import NotPossible
from shanhai.ledger.models import Fact, Finding, Pairing, Promise, Source, Statement
from shanhai.ledger.models import Report as ReportRow
from shanhai.ledger.rights import Right
from shanhai.ledger.turns import Turn, take


@transaction.atomic
def file_source(
    source: Source, pairing: Pairing | None, *, actor: Actor, at: datetime.datetime | None = None
) -> Source:
    """File a source under a pairing; under none where it is None.

    Raises:
        NotAllowed: the actor may not file sources of the one pairing or of the other.
        NotPossible: it is filed there already.
    """
    take(Turn.FILING)
    row = ReportRow.objects.select_for_update().filter(source_id=source.pk).first()
    source = Source.objects.select_for_update(of=("self",)).select_related("pairing").get(pk=source.pk)
    before = source.pairing
    actor.require(Right.FILE, before.pk if before else None)
    actor.require(Right.FILE, pairing.pk if pairing else None)
    if before == pairing:
        raise NotPossible("该来源已归在这里。", "The source is filed there already.")
    source.pairing = pairing
    source.save(update_fields=("pairing",))
    if row is not None:
        _withdraw(row, before)
        statements = Statement.objects.filter(report=row)
        statements.update(pairing=pairing)
        recode(pairing, statements)
    record(
        actor,
        "file",
        f"source:{source.sha256}",
        at=at or timezone.now(),
        old={"pairing": before.key if before else None},
        new={"pairing": pairing.key if pairing else None},
    )
    return source


def recode(pairing: Pairing | None, statements: QuerySet[Statement]) -> set[str]:
    """Find the codes of places anew: a bare name is looked for first within the receiving place.

    Returns:
        the sha256 of the sources of which a statement changed.
    """
    within = pairing.receiving_code if pairing else ""
    changed: set[str] = set()
    for place in sorted(set(statements.exclude(place="").values_list("place", flat=True))):
        code = code_of(place, within)
        other = statements.filter(place=place).exclude(place_code=code)
        changed.update(other.values_list("report__source__sha256", flat=True))
        other.update(place_code=code)
    return changed


def _withdraw(row: ReportRow, pairing: Pairing | None) -> None:
    """Take away what reasoning made of a report under a pairing."""
    Fact.objects.filter(pairing=pairing, tellings__statement__report=row).delete()
    Finding.objects.filter(pairing=pairing, cited__report=row).delete()
    promises = Promise.objects.filter(pairing=pairing)
    answered = [p.pk for p in promises.exclude(answers=[]) if any(a["report"] == row.pk for a in p.answers)]
    promises.filter(report=row).delete()
    Promise.objects.filter(pk__in=answered).delete()
