"""What a new process counts before anyone asks, so that its first home page is as quick as those after it."""

import threading

from django.db import DatabaseError, connections

from shanhai.ledger.errors import LedgerError
from shanhai.ledger.queries.counts import counts_by_pairing
from shanhai.web.upkeep import require_current_tables


def begin() -> threading.Thread:
    """Count in the background; a request that comes earlier counts for itself, and both find the same."""
    thread = threading.Thread(target=_count, name="warming", daemon=True)
    thread.start()
    return thread


def _count() -> None:
    try:
        require_current_tables()
        counts_by_pairing()
    except (LedgerError, DatabaseError, OSError):
        pass  # the first page that asks says what is wrong with the ledger
    finally:
        connections.close_all()
