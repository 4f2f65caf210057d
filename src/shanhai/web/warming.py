"""What a new process reads and counts before anyone asks, so that its first pages are as quick as those after them."""

import gc
import threading

from django.db import DatabaseError, connections

from shanhai.catalogue.indicators import load_indicators
from shanhai.catalogue.places import load_gazetteer
from shanhai.catalogue.rules import load_rules
from shanhai.ledger.errors import LedgerError
from shanhai.ledger.queries.counts import counts_by_pairing
from shanhai.web.upkeep import require_current_tables


def begin() -> threading.Thread:
    """Read and count in the background; a request that comes earlier counts for itself, and both find the same."""
    thread = threading.Thread(target=_warm, name="warming", daemon=True)
    thread.start()
    return thread


def hold_catalogue() -> None:
    """Read the catalogue, and take it from what is looked through for garbage: it stays as long as the process does, and
    to look through it takes as long as a board."""
    load_gazetteer()
    load_indicators()
    load_rules()
    gc.collect()
    gc.freeze()


def _warm() -> None:
    _count()
    hold_catalogue()


def _count() -> None:
    try:
        require_current_tables()
        counts_by_pairing()
    except (LedgerError, DatabaseError, OSError):
        pass  # the first page that asks says what is wrong with the ledger
    finally:
        connections.close_all()
