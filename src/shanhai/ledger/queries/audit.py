"""What the list of the audit asks."""

from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Entry
from shanhai.ledger.queries.paging import SIZE, Page, page_of
from shanhai.ledger.rights import Right


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
