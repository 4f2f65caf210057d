"""Seals: digests of the rows that an action left behind, kept in its audit entry.

Each entry seals what it is about, whole: a source with its receipts, report, statements and decisions; a pairing; a
collection; an account with its roles. Whoever changes a row behind the application's back leaves it different from its
last seal, and the digests of columns and rows tell where. What is rebuilt (facts, findings, promises, search), and what
changes by signing in (passwords, sessions), is not sealed.
"""

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec
from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet

from shanhai.ledger.models import (
    Collection,
    FindingWork,
    Membership,
    Pairing,
    Receipt,
    Report,
    Review,
    ReviewPart,
    Source,
    Statement,
    Upload,
    UploadedFile,
)

Seal = dict[str, dict[str, str]]
"""By table: ``all``, the digest of everything; ``count``, how many rows; by column, its digest over all rows; ``rows``, four
digits for each row, where there are not too many."""

ALL, COUNT, ROWS = "all", "count", "rows"
ROW = 4
_COLUMN, _MOST_ROWS = 8, 500
_MOST_WHOLE = 50
"""Where one action changes more subjects, each is sealed by one digest without those of its columns."""
_ENCODER = msgspec.json.Encoder(order="deterministic")

USER_COLUMNS = (
    "id", "username", "first_name", "last_name", "email", "is_active", "is_staff", "is_superuser", "date_joined",
)  # fmt: skip
"""What is kept of an account; the rest is its password, and what signing in changes."""

_UNSEALED: dict[type[Model], set[str]] = {
    Statement: {"content"},  # its key is its hash
}


def columns(model: type[Model]) -> tuple[str, ...]:
    """The columns of a table that seals and archives hold."""
    if model is get_user_model():
        return USER_COLUMNS
    return tuple(f.attname for f in model._meta.concrete_fields)


def sealed(subjects: Iterable[str]) -> dict[str, Seal]:
    """The seals of what subjects name, as it stands; subjects of other kinds have none."""
    named = sorted({s for subject in subjects if (s := canonical(subject))})
    brief = len(named) > _MOST_WHOLE
    by_kind: dict[str, list[str]] = {}
    for subject in named:
        kind, _, key = subject.partition(":")
        by_kind.setdefault(kind, []).append(key)
    return {
        f"{kind}:{key}": {table.name: digests(table, brief=brief) for table in tables if table.rows}
        for kind, keys in by_kind.items()
        for key, tables in KINDS[kind].of(keys)
    }


def canonical(subject: str) -> str | None:
    """The name under which a subject is sealed: a report is sealed with its source; None for what is not sealed."""
    kind, _, key = subject.partition(":")
    kind = "source" if kind == "report" else kind
    return f"{kind}:{key}" if kind in KINDS else None


def digests(table: "Table", *, brief: bool = False) -> dict[str, str]:
    """The digests of a table's rows, of which there is one at least; of all of it together only, where ``brief``."""
    rows = table.rows
    lines = [_ENCODER.encode(row) for row in rows]
    told = {ALL: hashlib.sha256(b"\n".join(lines)).hexdigest()[:32], COUNT: str(len(rows))}
    if brief:
        return told
    if 1 < len(rows) <= _MOST_ROWS:
        told[ROWS] = "".join(_short(line, ROW) for line in lines)
    for name, column in zip(table.columns, zip(*rows, strict=True), strict=True):
        told[name] = _short(_ENCODER.encode(column), _COLUMN)
    return told


def _short(data: bytes, digits: int) -> str:
    return hashlib.sha256(data).hexdigest()[:digits]


class Table(msgspec.Struct, frozen=True):
    """The rows of a subject in one table, the first column naming the row."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


class Sealed(msgspec.Struct, frozen=True):
    """One kind of subject: its rows by its key, and the keys of all that are there."""

    tables: Callable[[str], Iterator[Table]]
    named: Callable[[], Iterable[Any]]
    many: Callable[[Sequence[str]], Iterator[tuple[str, list[Table]]]] | None = None

    def of(self, keys: Sequence[str]) -> Iterator[tuple[str, list[Table]]]:
        """The tables of each key; at once where the kind knows how."""
        if self.many and len(keys) > 1:
            return self.many(keys)
        return ((key, list(self.tables(key))) for key in keys)


def rows_of(model: type[Model], which: Q) -> Table:
    """The rows of a table that are meant, with the columns that are sealed."""
    names = [c for c in columns(model) if c not in _UNSEALED.get(model, ())]
    found: QuerySet[Any, Any] = model._default_manager.filter(which).order_by("pk").values_list(*names)
    return Table(model._meta.model_name or "", names, list(found))


def _source(key: str) -> Iterator[Table]:
    yield rows_of(Source, Q(sha256=key))
    yield rows_of(Receipt, Q(source__sha256=key))
    reports = rows_of(Report, Q(source__sha256=key))
    at = reports.columns.index("content")
    told = [[*row[:at], digest_of(row[at]), *row[at + 1 :]] for row in reports.rows]
    yield Table(reports.name, reports.columns, told)
    for number, *_ in reports.rows:
        yield rows_of(Statement, Q(report=number))
        yield rows_of(Review, Q(report=number))
        yield rows_of(ReviewPart, Q(review__report=number))


def digest_of(compressed: bytes | memoryview) -> str:
    """The hash of what was compressed, which does not depend on how; "" where it is damaged."""
    try:
        return hashlib.sha256(zlib.decompress(compressed)).hexdigest()
    except zlib.error:
        return ""


def _collection(key: str) -> Iterator[Table]:
    yield rows_of(Collection, Q(key=key))
    members = Source.objects.filter(collections__key=key).order_by("sha256").values_list("sha256")
    yield Table("collection_sources", ("source_id",), list(members))


def _account(key: str) -> Iterator[Table]:
    yield rows_of(get_user_model(), Q(username=key))
    yield rows_of(Membership, Q(user__username=key))


def _upload(key: str) -> Iterator[Table]:
    number = int(key) if key.isdecimal() else 0
    yield rows_of(Upload, Q(pk=number))
    yield rows_of(UploadedFile, Q(upload=number))


def _named(model: type[Model], column: str) -> Callable[[], Iterable[Any]]:
    return lambda: model._default_manager.order_by("pk").values_list(column, flat=True).iterator()


KINDS: dict[str, Sealed] = {
    "source": Sealed(_source, _named(Source, "sha256")),
    "pairing": Sealed(lambda key: iter((rows_of(Pairing, Q(key=key)),)), _named(Pairing, "key")),
    "collection": Sealed(_collection, _named(Collection, "key")),
    "account": Sealed(_account, _named(get_user_model(), "username")),
    "finding": Sealed(lambda key: iter((rows_of(FindingWork, Q(key=key)),)), _named(FindingWork, "key")),
    "upload": Sealed(_upload, _named(Upload, "pk")),
}
"""The kinds of subjects that are sealed; packages above the ledger add theirs when Django starts."""
