"""Turns: transactions that must come one after another.

SQLite's transactions do so by themselves (they begin by taking the one write lock); on PostgreSQL an advisory lock is
held until the transaction ends. Who takes two turns takes them in the order of their numbers.
"""

from enum import IntEnum

from django.db import connection

_SHANHAI = 0x53480000


class Turn(IntEnum):
    """What is done by one transaction at a time."""

    ACCOUNTS = _SHANHAI + 1
    FILING = _SHANHAI + 2
    REGISTER = _SHANHAI + 3
    AUDIT = _SHANHAI + 4


def take(turn: Turn) -> None:
    """Wait until no other transaction has the turn, and keep it until this one ends."""
    assert connection.in_atomic_block
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(turn)])
