"""Whether every row is as its last audit entry sealed it."""

from collections.abc import Iterator

from shanhai.ledger.models import Entry
from shanhai.ledger.seals import ALL, COUNT, KINDS, ROW, ROWS, Seal, Table, digests
from shanhai.ledger.verify.faults import Fault, Trouble

_PORTION = 200


def faults() -> Iterator[Fault]:
    """What differs from its seal, subject by subject in the order of their names; then what no entry tells of."""
    last: dict[str, int] = {}
    for number, seals in Entry.objects.order_by("number").values_list("number", "seals").iterator(500):
        if isinstance(seals, dict):
            last |= dict.fromkeys((s for s in seals if s.partition(":")[0] in KINDS), number)
    names = sorted(last)
    for begin in range(0, len(names), _PORTION):
        portion = names[begin : begin + _PORTION]
        entries = Entry.objects.in_bulk([last[name] for name in portion])
        for name in portion:
            yield from _compared(name, last[name], entries[last[name]].seals[name])
    for kind, told in KINDS.items():
        for key in told.named():
            if f"{kind}:{key}" not in last:
                yield Fault(
                    Trouble.UNRECORDED,
                    kind,
                    str(key),
                    "",
                    "审计记录中没有它：不是经由本软件写入的。",
                    "No audit entry tells of it: it was not written by Shanhai.",
                )


def _compared(subject: str, number: int, seal: Seal) -> Iterator[Fault]:
    kind, _, key = subject.partition(":")
    stands = {table.name: table for table in KINDS[kind].tables(key)}
    for name in sorted({*seal, *stands}):
        table = stands.get(name)
        yield from _table(subject, number, name, seal.get(name, {}), table)


def _table(
    subject: str, number: int, name: str, sealed: dict[str, str], table: Table | None
) -> Iterator[Fault]:
    now = digests(table) if table and table.rows else {}
    if sealed.get(ALL) == now.get(ALL):
        return
    before = f"{subject}, 审计第{number}条 entry {number}"
    if not sealed or not now or _count(sealed) != _count(now):
        missing = _count(now) < _count(sealed)
        yield Fault(
            Trouble.MISSING if missing else Trouble.UNRECORDED,
            name,
            subject,
            "",
            f"审计第{number}条时有{_count(sealed)}行，现有{_count(now)}行。",
            f"There were {_count(sealed)} rows at entry {number}, and there are {_count(now)}.",
        )
        return
    assert table is not None
    rows = ", ".join(_differing(sealed, now, table)) or subject
    changed = [column for column in table.columns if column in sealed and sealed[column] != now.get(column)]
    for column in changed or [""]:
        yield Fault(
            Trouble.CHANGED,
            name,
            rows,
            column,
            f"在审计记录之外被改({before})。",
            f"It was changed behind the application's back ({before}).",
        )


def _count(told: dict[str, str]) -> int:
    return int(told.get(COUNT, "0"))


def _differing(sealed: dict[str, str], now: dict[str, str], table: Table) -> Iterator[str]:
    before, after = sealed.get(ROWS, ""), now.get(ROWS, "")
    if not before and len(table.rows) > 1:
        return
    for at, row in enumerate(table.rows):
        if not before or before[at * ROW : at * ROW + ROW] != after[at * ROW : at * ROW + ROW]:
            yield str(row[0])
