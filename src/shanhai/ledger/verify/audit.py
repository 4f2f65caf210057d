"""Whether the audit's chain is whole."""

from collections.abc import Iterator

from shanhai.ledger.audit import hash_of
from shanhai.ledger.models import Entry
from shanhai.ledger.verify.faults import Fault, Trouble

_TABLE = "entry"


def faults() -> Iterator[Fault]:
    """Entries that are missing, were changed, or do not follow the one before them."""
    number, previous = 0, ""
    for entry in Entry.objects.order_by("number").iterator(500):
        number += 1
        if entry.number != number:
            yield _fault(
                f"{number}–{entry.number - 1}",
                "number",
                "审计记录缺失或编号被改。",
                "Entries are missing here, or were given other numbers.",
            )
        if entry.previous != previous:
            yield _fault(
                str(entry.number),
                "previous",
                "与前一条记录不相接。",
                "It does not follow the entry before it.",
            )
        if entry.hash != hash_of(entry):
            yield _fault(
                str(entry.number),
                "hash",
                f"记录在写成之后被改({entry.action} {entry.subject})。",
                f"The entry was changed after it was written ({entry.action} {entry.subject}).",
            )
        number, previous = entry.number, entry.hash


def _fault(row: str, column: str, zh: str, en: str) -> Fault:
    return Fault(Trouble.CHAIN, _TABLE, row, column, zh, en)
