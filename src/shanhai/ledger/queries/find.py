"""What the search asks."""

from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Report
from shanhai.ledger.queries.paging import SIZE, Page, Total, page_of
from shanhai.ledger.search import MOST, found


def reports(actor: Actor, query: str, after: str = "", size: int = SIZE) -> tuple[Page[Report], Total]:
    """The reports that hold all words of a query, the last received first (without contents), and how many.

    A query without a word finds nothing. Of more than ``search.MOST`` reports the last received are searched.

    Raises:
        NotPossible: the cursor is none.
    """
    numbers = found(query)
    if not numbers:
        return Page(()), Total(0)
    rows = access.reports(actor).filter(pk__in=numbers)
    page = page_of(rows.select_related("source__pairing").defer("content"), after, size, newest=True)
    return page, Total(rows.count(), len(numbers) >= MOST)
