"""What the list of the audit asks."""

import datetime
from itertools import islice

import msgspec
from django.db.models import QuerySet

from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Entry
from shanhai.ledger.queries.paging import SIZE, Page, page_of
from shanhai.ledger.rights import Right
from shanhai.ledger.verify import Fault
from shanhai.ledger.verify.audit import faults

_MOST_FAULTS = 20


class Wanted(msgspec.Struct, frozen=True):
    """Which entries; what is "" or None does not narrow.

    Attributes:
        by: who acted.
        action: the action's name.
        subject: what it was done to, or how that begins.
        since, until: from when on, and before when.
    """

    by: str = ""
    action: str = ""
    subject: str = ""
    since: datetime.datetime | None = None
    until: datetime.datetime | None = None


class Chain(msgspec.Struct, frozen=True):
    """Whether the chain of entries is whole.

    Attributes:
        entries: how many there are.
        faults: the first faults.
    """

    entries: int
    faults: tuple[Fault, ...]


def entries(
    actor: Actor, after: str = "", size: int = SIZE, *, by: str = "", action: str = "", subject: str = ""
) -> Page[Entry]:
    """The entries, the first first; what is "" does not narrow.

    Raises:
        NotAllowed: the actor may not see the audit.
        NotPossible: the cursor is none.
    """
    actor.require(Right.WHOLE)
    wanted = {"by": by, "action": action, "subject": subject}
    return page_of(Entry.objects.filter(**{k: v for k, v in wanted.items() if v}), after, size)


def newest(actor: Actor, wanted: Wanted, after: str = "", size: int = SIZE) -> Page[Entry]:
    """The entries, the last first.

    Raises:
        NotAllowed: the actor may not see the audit.
        NotPossible: the cursor is none.
    """
    actor.require(Right.WHOLE)
    return page_of(_narrowed(wanted).defer("seals"), after, size, newest=True)


def _narrowed(wanted: Wanted) -> QuerySet[Entry]:
    told = {
        "by": wanted.by,
        "action": wanted.action,
        "subject__startswith": wanted.subject,
        "at__gte": wanted.since,
        "at__lt": wanted.until,
    }
    return Entry.objects.filter(**{k: v for k, v in told.items() if v})


def chain(actor: Actor) -> Chain:
    """Look at every entry whether it is as it was written, and follows the one before it.

    Raises:
        NotAllowed: the actor may not see the audit.
    """
    actor.require(Right.WHOLE)
    return Chain(Entry.objects.count(), tuple(islice(faults(), _MOST_FAULTS)))
