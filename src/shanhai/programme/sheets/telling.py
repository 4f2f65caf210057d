"""What the rows of a file tell the register: values read cell by cell, numbers found or given, all faults of a row together."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from django.db.models import Model

from shanhai.ledger.models import Pairing
from shanhai.programme.actions.changes import next_key, own_references
from shanhai.programme.actions.drafts import Told
from shanhai.programme.actions.finding import PORTION, Finder
from shanhai.programme.kinds import Field, Kind, Problem
from shanhai.programme.models import Record
from shanhai.programme.sheets.columns import KEY
from shanhai.programme.sheets.identity import Alike, says_the_same
from shanhai.programme.sheets.notes import Fault
from shanhai.programme.sheets.rows import Given, Row
from shanhai.programme.values import Context, Reference, Text, Unreadable, plain_text

_EVIDENCE = Text(300)


class Telling(msgspec.Struct, frozen=True):
    """What one row tells.

    Attributes:
        row: the row.
        told: for the register; its number is "" where none is given.
        faults: what is wrong with it.
        unread: fields of which something is told that cannot be read.
        is_new: no record is known to be this one.
    """

    row: Row
    told: Told
    faults: tuple[Fault, ...] = ()
    unread: frozenset[str] = frozenset()
    is_new: bool = False

    def but(self, problem: Problem) -> "Telling":
        """The same with a fault of the row as a whole."""
        fault = Fault(str(self.row.number), "", "", problem.zh, problem.en)
        return msgspec.structs.replace(self, faults=(*self.faults, fault))


class Tells:
    """Reads the rows of one file for one pairing.

    Args:
        rows: all of them.
        kind: of the records.
        pairing: theirs.
    """

    def __init__(self, rows: Sequence[Row], kind: Kind, pairing: Pairing) -> None:
        self._kind, self._pairing = kind, pairing
        self._find = Finder(pairing)
        self._all = rows
        self._there = self._stored(rows)
        self._rows: dict[str, list[Row]] = {}
        for row in rows:
            if key := self._key(row):
                self._rows.setdefault(key, []).append(row)
        self._entered: dict[str, Row] = {}
        self._claims: dict[tuple[str, int], str] = {}
        self._told: dict[tuple[str, int], Telling] = {}
        self._like: Alike | None = None
        self._last = self._last_number() if self._unnumbered() else 0
        self._advance: Callable[[], None] = lambda: None
        own = {field.name for field in own_references(kind)}
        self.asks_its_own = kind.among or any(
            given.told is not None for row in rows for name in own if (given := row.given.get(name))
        )
        self._ask(rows)

    @property
    def keys(self) -> Iterable[str]:
        """The numbers that rows give, and those of the records that rows are known to be."""
        return [*self._rows, *self._claims.values()]

    def tell(self, row: Row, loop: Sequence[str] = ()) -> Telling:
        """Read a row; once, unless what it refers to may have changed by rows before it.

        Args:
            row: it.
            loop: the numbers of the circle that it is part of.
        """
        told = self._told.pop((row.sheet, row.number), None)
        return told or self._tell(row, loop)

    def _tell(self, row: Row, loop: Sequence[str]) -> Telling:
        key = self._key(row)
        faults = [*row.faults, *self._twice(row, key)]
        values: dict[str, Any] = {}
        unread = {
            given.column.name for given in row.given.values() for f in row.faults if f.place == given.place
        }
        evidence: str | None = None
        for given in row.given.values():
            name = given.column.name
            if name == KEY or name in unread:
                continue
            try:
                if given.column.field is None:
                    evidence = _EVIDENCE.read(given.told, Context()) or ""
                else:
                    values[name] = self._read(given, given.column.field, loop)
            except Unreadable as error:
                unread.add(name)
                faults.append(Fault(given.place, given.heading, given.text, error.zh, error.en))
        return Telling(row, Told(key, values, evidence), tuple(faults), frozenset(unread))

    def claim(self, advance: Callable[[], None] = lambda: None) -> None:
        """Find the records that rows without a number are already, each for one row, before anything is entered.

        Args:
            advance: called for each row.
        """
        self._advance = advance
        for row in self._unnumbered():
            telling = self._told.get((row.sheet, row.number)) or self._tell(row, ())
            if telling.faults:
                continue
            values, evidence = telling.told.values, telling.told.evidence
            for record in self._alike.of(values):
                free = (
                    not record.withdrawn and record.key not in self._entered and record.key not in self._rows
                )
                if free and says_the_same(self._kind, record, values, evidence):
                    self._claims[row.sheet, row.number] = record.key
                    self._entered[record.key] = row
                    break

    def known_again(self, telling: Telling) -> Telling:
        """A row without a number: the record that it is, or the number that a new one gets."""
        told = telling.told
        if mine := self._claims.get((telling.row.sheet, telling.row.number)):
            return msgspec.structs.replace(telling, told=msgspec.structs.replace(told, key=mine))
        found = self._alike.of(told.values)
        same = [r for r in found if says_the_same(self._kind, r, told.values, told.evidence)]
        if same:
            return telling.but(self._again(same[0]))
        near = [
            r for r in found if not r.withdrawn and r.key not in self._entered and r.key not in self._rows
        ]
        if near:
            return telling.but(self._near(near))
        new = msgspec.structs.replace(told, key=self._next())
        return msgspec.structs.replace(telling, told=new, is_new=True)

    @property
    def _alike(self) -> Alike:
        """The records that rows without a number may be."""
        if self._like is None:
            told = []
            for row in self._unnumbered():
                told.append(self._tell(row, ()))
                self._advance()
            if not self.asks_its_own:
                self._told = {(one.row.sheet, one.row.number): one for one in told}
            self._like = Alike(self._kind, self._pairing, [one.told.values for one in told])
        return self._like

    def _unnumbered(self) -> list[Row]:
        return [row for row in self._all if not row.is_total and not self._key(row)]

    def _ask(self, rows: Sequence[Row]) -> None:
        """Find what rows refer to, many together."""
        for field in self._kind.fields:
            if isinstance(field.value, Reference) and field.value.kind != self._kind.name:
                given = (row.given.get(field.name) for row in rows)
                self._find.ask(field.value.kind, filter(None, (plain_text(g.told) for g in given if g)))

    def entered(self, row: Row, key: str, record: Record | None = None) -> None:
        """Remember which record a row is, and how it stands since where the row changed it."""
        self._entered[key] = row
        if record is not None and self._like is not None:
            self._like.put(record)

    def faults(self, row: Row, problems: Iterable[Problem]) -> Iterator[Fault]:
        """Problems of a record at the cells of its row."""
        for problem in problems:
            given = row.given.get(problem.field)
            if given is None:
                yield Fault(str(row.number), "", "", problem.zh, problem.en)
            else:
                yield Fault(given.place, given.heading, given.text, problem.zh, problem.en)

    def _read(self, given: Given, field: Field, loop: Sequence[str]) -> Any:
        context = Context(self._pairing.receiving_code, self._found, given.scale)
        own = isinstance(field.value, Reference) and field.value.kind == self._kind.name
        if own and loop:
            chain = " → ".join(loop)
            raise Unreadable(
                f"“{field.zh}”绕成了圈：{chain}。请改其中一个。",
                f"“{field.en}” goes round in a circle: {chain}. Change one of them.",
            )
        try:
            return field.value.read(given.told, context)
        except Unreadable:
            key = plain_text(given.told)
            if own and key in self._rows:
                row = self._rows[key][0].number
                raise Unreadable(
                    f"“{key}”在本文件第{row}行，而那一行有问题，没有导入。请先改好那一行。",
                    f"“{key}” stands in row {row} of this file, which is wrong and is not taken. Mend that row first.",
                ) from None
            raise

    def _found(self, kind: str, key: str) -> Model | None:
        """A record by its number; of the file's own kind it is asked for anew, since rows before may have changed it."""
        if kind != self._kind.name:
            return self._find(kind, key)
        standing = self._kind.model._default_manager.filter(withdrawn=False)
        return standing.filter(pairing=self._pairing, key=key).first()

    def _stored(self, rows: Sequence[Row]) -> frozenset[str]:
        """Those of the rows' numbers, as they are written, that records have."""
        written = sorted({key for row in rows if (key := _written(row))})
        found: set[str] = set()
        for begin in range(0, len(written), PORTION):
            portion = self._kind.model._default_manager.filter(
                pairing=self._pairing, key__in=written[begin : begin + PORTION]
            )
            found.update(portion.values_list("key", flat=True))
        return frozenset(found)

    def _key(self, row: Row) -> str:
        """A row's number: as written where a record has it so, else half-width as references are read."""
        written = _written(row)
        return written if written in self._there else plain_text(written)

    def _twice(self, row: Row, key: str) -> Iterator[Fault]:
        others = [r for r in self._rows.get(key, ()) if (r.sheet, r.number) != (row.sheet, row.number)]
        if key and others:
            given = row.given[KEY]
            named = "、".join(
                f"{r.sheet}!{r.number}" if r.sheet != row.sheet else str(r.number) for r in others[:5]
            )
            yield Fault(
                given.place,
                given.heading,
                key,
                f"编号“{key}”在文件中不止一行（还有第{named}行）。请只留一行，或改正编号。",
                f"The number “{key}” stands in several rows of the file (also row {named}). Keep one, or mend the number.",
            )

    def _next(self) -> str:
        """The next number that neither the register nor the file has."""
        prefix = self._kind.prefix
        self._last += 1
        while f"{prefix}{self._last}" in self._rows or f"{prefix}{self._last}" in self._entered:
            self._last += 1
        return f"{prefix}{self._last}"

    def _last_number(self) -> int:
        """The last number of the register, asked before any row is entered."""
        return int(next_key(self._kind, self._pairing)[len(self._kind.prefix) :]) - 1

    def _again(self, record: Any) -> Problem:
        if record.key in self._entered or record.key in self._rows:
            row = (self._entered.get(record.key) or self._rows[record.key][0]).number
            return Problem(
                "",
                f"与第{row}行完全相同。若确是两笔，请在“编号”栏各写一个编号；否则删去一行。",
                f"It is the same as row {row}. If there were two of them, give each a number of its own; else delete one.",
            )
        return Problem(
            "",
            f"与已撤下的{self._kind.zh}{record.key}相同。要恢复它，请在台账中恢复；确是另一笔，请写一个新编号。",
            f"It is the same as the {self._kind.en} {record.key}, which is withdrawn. Bring that back in the register; if it "
            "is another, give it a number of its own.",
        )

    def _near(self, near: Sequence[Any]) -> Problem:
        keys = "、".join(record.key for record in near[:5])
        return Problem(
            "",
            f"台账中已有很像的{self._kind.zh}（{keys}），其余内容不同。要改它，请在“编号”栏写{near[0].key}；确是另一笔，请写一个新编号。",
            f"The register has {self._kind.many_en} much like it ({keys}) that differ in the rest. To change one, write its "
            f"number, {near[0].key}; if it is another, give it a number of its own.",
        )


def _written(row: Row) -> str:
    given: Mapping[str, Given] = row.given
    return " ".join(given[KEY].text.split()) if KEY in given else ""
