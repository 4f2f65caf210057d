"""Two files held against each other: each line ends in one outcome, and the sums of all outcomes are those of each register.

A pure function of the two files: which of them is given first, and in which order their lines stand, makes no difference,
so that both sides find the same.
"""

import datetime
import hashlib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import msgspec

from shanhai.programme.exchange.differing import DAYS, Difference, Outcome, outcome_of
from shanhai.programme.exchange.file import BadFile, ExchangeFile
from shanhai.programme.exchange.kinds import figures, money, projects, work
from shanhai.programme.exchange.lines import (
    Activity,
    Figure,
    Header,
    Holds,
    Line,
    Money,
    Project,
    Side,
    day_of,
    encoded,
    kind_of,
    name_of,
)
from shanhai.programme.exchange.matching import Matched, match
from shanhai.programme.models import Stage

KINDS: dict[str, tuple[str, str]] = {
    "project": ("项目", "projects"),
    "money": ("资金", "money events"),
    "activity": ("工作", "activities"),
    "figure": ("目标与完成情况", "targets and results"),
}
"""The sorts of lines, in the order of lists."""


class Row(msgspec.Struct, frozen=True):
    """A line of each side that belong together, or one of one side.

    Attributes:
        key: made of the two lines' numbers; notes name it.
        kind: the sort of record.
        outcome: what became of it.
        sending, receiving: the lines, as the sides wrote them.
        differences: what they differ in.
        counted: for which sides it counts: a line outside the period only shows what the other side's line belongs to.
        among: where it is unclear, the numbers of the other side's lines that it may belong to.
    """

    key: str
    kind: str
    outcome: Outcome
    sending: Line | None
    receiving: Line | None
    differences: tuple[Difference, ...] = ()
    counted: frozenset[Side] = frozenset()
    among: tuple[str, ...] = ()


class Total(msgspec.Struct, frozen=True):
    """Lines of one outcome: how many of each side, and their money where they have any.

    Attributes:
        kind: the sort of record.
        part: a money event's stage; an activity's sort; "target" or "result".
        currency: "" for what is not money; figures are never added.
        outcome: None for all of them.
    """

    kind: str
    part: str
    currency: str
    outcome: Outcome | None
    sending_lines: int = 0
    sending: Decimal = Decimal(0)
    receiving_lines: int = 0
    receiving: Decimal = Decimal(0)

    @property
    def apart(self) -> Decimal:
        """What the sending side has more than the receiving side."""
        return self.sending - self.receiving


class Comparison(msgspec.Struct, frozen=True):
    """What came of two files.

    Attributes:
        key: the hash of what it was made from: the same on both sides.
        sending, receiving: the two files' headers, and the hashes of their bytes.
        starts, ends: the period that both cover.
        days: what counts as near.
    """

    key: str
    sending: Header
    receiving: Header
    sending_sha256: str
    receiving_sha256: str
    starts: datetime.date
    ends: datetime.date
    days: int
    rows: tuple[Row, ...]
    totals: tuple[Total, ...]
    wholes: tuple[Total, ...]


def compare(first: ExchangeFile, second: ExchangeFile) -> Comparison:
    """Hold two files against each other, in whichever order they are given.

    Raises:
        BadFile: they are not of the two sides of one pairing, or no day lies in both periods.
    """
    require_comparable(first.header, second.header)
    sending, receiving = sorted((first, second), key=lambda f: f.header.side is Side.RECEIVING)
    starts = max(sending.header.starts, receiving.header.starts)
    ends = min(sending.header.ends, receiving.header.ends)
    rows = tuple(_rows(sending.lines, receiving.lines, starts, ends))
    return Comparison(
        key_of(sending.sha256, receiving.sha256),
        sending.header,
        receiving.header,
        sending.sha256,
        receiving.sha256,
        starts,
        ends,
        DAYS,
        rows,
        *_totals(rows),
    )


def key_of(sending: str, receiving: str) -> str:
    """What a comparison of two files, told by their hashes, is known by."""
    return hashlib.sha256(f"1 {sending} {receiving} {DAYS}".encode()).hexdigest()


def require_comparable(first: Header, second: Header) -> None:
    """Refuse two files that cannot be held against each other.

    Raises:
        BadFile: they are not of the two sides of one pairing, or no day lies in both periods.
    """
    if Holds.NOTES in (first.holds, second.holds):
        raise BadFile(
            "其中一个是说明文件，不是台账文件。请选择两方导出的台账文件。",
            "One of them holds notes, no register. Choose the register files of both sides.",
        )
    if not (first.sending.is_same(second.sending) and first.receiving.is_same(second.receiving)):
        raise BadFile(
            f"两个文件不是同一结对：{first.sending.name}—{first.receiving.name}，"
            f"{second.sending.name}—{second.receiving.name}。",
            f"The files are of different pairings: {first.sending.name}–{first.receiving.name} and "
            f"{second.sending.name}–{second.receiving.name}.",
        )
    if first.side is second.side:
        zh, en = ("支援方", "sending side") if first.side is Side.SENDING else ("受援方", "receiving side")
        raise BadFile(
            f"两个文件都是{zh}导出的。对账须一方一个：请向另一方要他们的文件。",
            f"Both files are of the {en}. One of each side is needed: ask the other side for theirs.",
        )
    if max(first.starts, second.starts) > min(first.ends, second.ends):
        raise BadFile(
            f"两个文件的时段没有重叠：{first.starts}至{first.ends}，{second.starts}至{second.ends}。请按同一时段重新导出。",
            f"No day lies in both periods: {first.starts} to {first.ends}, {second.starts} to {second.ends}. Export the "
            "same period on both sides.",
        )


def _rows(
    sending: Sequence[Line], receiving: Sequence[Line], starts: datetime.date, ends: datetime.date
) -> list[Row]:
    """All rows that count for a side, in the order of kinds, then of days and numbers."""
    paired = match(_of(Project, sending), _of(Project, receiving), projects.STEPS)
    ours = {one.key: one.key for one, _ in paired.pairs}
    theirs = {other.key: one.key for one, other in paired.pairs}
    written = {
        side: {(kind_of(line), name_of(line)): line for line in lines}
        for side, lines in ((Side.SENDING, sending), (Side.RECEIVING, receiving))
    }
    rows = _Rows(starts, ends, written)
    rows.add(paired, projects.differences, projects.FIRST)
    kinds: tuple[tuple[type[Any], Any], ...] = ((Money, money), (Activity, work), (Figure, figures))
    for cls, how in kinds:
        left = _under(_of(cls, sending), ours, Side.SENDING)
        right = _under(_of(cls, receiving), theirs, Side.RECEIVING)
        rows.add(match(left, right, how.STEPS), how.differences)
    return rows.found()


def _of(cls: type[Any], lines: Sequence[Line]) -> list[Any]:
    return [line for line in lines if isinstance(line, cls)]


def _under(lines: Sequence[Any], names: dict[str, str], side: Side) -> list[Any]:
    """Lines whose projects have the names by which both sides' projects are known."""
    return [
        msgspec.structs.replace(line, project=names.get(line.project, f"{side}{money.OWN}{line.project}"))
        if line.project
        else line
        for line in lines
    ]


class _Rows:
    """Rows as they are made from what was matched; each shows its lines as their side wrote them."""

    def __init__(
        self, starts: datetime.date, ends: datetime.date, written: dict[Side, dict[tuple[str, str], Line]]
    ) -> None:
        self._starts, self._ends, self._written = starts, ends, written
        self._made: list[Row] = []

    def add(self, matched: Matched[Any], differences: Any, first: Any = None) -> None:
        """Take what was matched of one kind of lines."""
        for one, other in matched.pairs:
            told = tuple(differences(one, other))
            outcome = outcome_of(told, first) if first else outcome_of(told)
            self._row(outcome, one, other, told)
        for ours, theirs in matched.unclear:
            for one in ours:
                self._row(Outcome.UNCLEAR, one, None, among=theirs)
            for other in theirs:
                self._row(Outcome.UNCLEAR, None, other, among=ours)
        for one in matched.sending:
            self._row(Outcome.ONE_SIDED, one, None)
        for other in matched.receiving:
            self._row(Outcome.ONE_SIDED, None, other)

    def _row(
        self,
        outcome: Outcome,
        one: Any,
        other: Any,
        told: tuple[Difference, ...] = (),
        among: Sequence[Any] = (),
    ) -> None:
        sides = ((Side.SENDING, one), (Side.RECEIVING, other))
        counted = frozenset(side for side, line in sides if line is not None and self._is_within(line))
        if not counted:
            return
        kind = kind_of(one or other)
        named = "\n".join([kind, name_of(one) if one else "", name_of(other) if other else ""])
        key = hashlib.sha256(named.encode()).hexdigest()[:12]
        ours, theirs = (
            None if line is None else self._written[side][kind, name_of(line)] for side, line in sides
        )
        candidates = tuple(line.key for line in among)
        self._made.append(Row(key, kind, outcome, ours, theirs, told, counted, candidates))

    def _is_within(self, line: Line) -> bool:
        day = day_of(line)
        return day is None or self._starts <= day <= self._ends

    def found(self) -> list[Row]:
        """All of them, in order."""

        def place(row: Row) -> tuple[Any, ...]:
            lines = (row.sending, row.receiving)
            days = [day for line in lines if line is not None and (day := day_of(line))]
            told = [encoded(line) if line else b"" for line in lines]
            return list(KINDS).index(row.kind), min(days, default=datetime.date.min), *told

        return sorted(self._made, key=place)


def _totals(rows: Sequence[Row]) -> tuple[tuple[Total, ...], tuple[Total, ...]]:
    """The sums of each outcome, and of all outcomes together."""
    found: dict[tuple[str, str, str, Outcome | None], Total] = {}
    for row in rows:
        for side in row.counted:
            line = row.sending if side is Side.SENDING else row.receiving
            assert line is not None
            part, currency, amount = _part(line)
            for outcome in (row.outcome, None):
                group = (row.kind, part, currency, outcome)
                total = found.get(group) or Total(*group)
                lines = f"{side}_lines"
                found[group] = msgspec.structs.replace(
                    total,
                    **{lines: getattr(total, lines) + 1, side.value: getattr(total, side.value) + amount},
                )
    order = {outcome: at for at, outcome in enumerate(Outcome)}

    def place(total: Total) -> tuple[Any, ...]:
        at = order[total.outcome] if total.outcome else -1
        return list(KINDS).index(total.kind), _PARTS.get(total.part, 0), total.part, total.currency, at

    told = sorted(found.values(), key=place)
    return tuple(t for t in told if t.outcome), tuple(t for t in told if t.outcome is None)


_PARTS = {str(stage): at for at, stage in enumerate(Stage)}


def _part(line: Line) -> tuple[str, str, Decimal]:
    """The part, the currency and the amount that a line adds to a total."""
    if isinstance(line, Money):
        return line.stage, line.currency, line.amount
    if isinstance(line, Project):
        return "", line.currency if line.planned is not None else "", line.planned or Decimal(0)
    if isinstance(line, Activity):
        return line.sort, line.currency if line.amount is not None else "", line.amount or Decimal(0)
    return line.of, "", Decimal(0)
