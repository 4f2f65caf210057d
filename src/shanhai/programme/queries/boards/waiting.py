"""What waits for someone: promises of reports that are due, findings that are not settled."""

import datetime
from collections.abc import Sequence

import msgspec

from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing, Promise
from shanhai.ledger.queries.findings import FindingFilter, Queued, by_severity, findings
from shanhai.ledger.queries.paging import Total, total

SHOWN = 5


class Waiting(msgspec.Struct, frozen=True):
    """What waits in one pairing: how much, and the first few of it."""

    promises: Total
    first_promises: Sequence[Promise]
    findings: dict[str, Total]
    first_findings: Sequence[Queued]


def waiting(actor: Actor, pairing: Pairing, day: datetime.date) -> Waiting:
    """What waits on a day."""
    due = access.promises(actor).filter(pairing=pairing, state__in=("open", "due"), due_by__lte=day)
    first = due.select_related("report__source").defer("report__content").order_by("due_by", "pk")[:SHOWN]
    wanted = FindingFilter(pairing=pairing.key)
    return Waiting(
        total(due), list(first), by_severity(actor, wanted), findings(actor, wanted, size=SHOWN).rows
    )
