"""What an archive holds: the tables that are not rebuilt, as lines of JSON, one object a row, in the order of their ids.

Passwords, sessions and tokens are left out, and so is all that is rebuilt from the rest. Ids are kept, as the audit
names decisions by them.
"""

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec
from django.contrib.auth import get_user_model
from django.db import models

from shanhai.ledger.models import (
    Collection,
    Entry,
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
from shanhai.ledger.seals import columns

FORMAT = "shanhai-ledger"
VERSION = 2
"""It changes when a table or a column does."""

TABLES: dict[str, type[models.Model]] = {
    "accounts": get_user_model(),
    "pairings": Pairing,
    "memberships": Membership,
    "sources": Source,
    "receipts": Receipt,
    "collections": Collection,
    "collection_sources": Collection.sources.through,
    "reports": Report,
    "reviews": Review,
    "statements": Statement,
    "review_parts": ReviewPart,
    "finding_work": FindingWork,
    "uploads": Upload,
    "uploaded_files": UploadedFile,
    "audit": Entry,
}
"""By the name of its member, without ``.jsonl``, each table; one stands after those that it refers to, the audit last."""

SINCE: dict[str, int] = {}
"""The version of the first archives that have a table, for tables that came later than version 1."""

RENEWALS: list[Callable[[Pairing], None]] = []
"""What packages above the ledger make anew of a pairing after its tables were read."""

PACKED = {"reports": "content"}
"""Columns that the database holds compressed; an archive has the text."""

_LARGEST = 2**63 - 1
_TYPES: dict[type[Any], Any] = {
    models.BooleanField: bool,
    models.DateTimeField: Annotated[datetime.datetime, msgspec.Meta(tz=True)],
    models.DateField: datetime.date,
    models.FloatField: float,
    models.JSONField: Any,
    models.BinaryField: bytes,
    models.DecimalField: Decimal,
}


def register(tables: Mapping[str, type[models.Model]], since: int, renew: Callable[[Pairing], None]) -> None:
    """Have tables of a package above the ledger in its archives, in this order, between its own and the audit.

    Args:
        tables: by name, as ``TABLES``.
        since: the version of the first archives that have them.
        renew: makes anew what follows from a pairing's rows and is in no archive.
    """
    audit = TABLES.pop("audit")
    TABLES.update(tables)
    TABLES["audit"] = audit
    SINCE.update(dict.fromkeys(tables, since))
    RENEWALS.append(renew)


def tables_of(version: int) -> list[str]:
    """The tables that an archive of a version has, in the order in which they are read."""
    return [table for table in TABLES if SINCE.get(table, 1) <= version]


def member(table: str) -> str:
    """The name of a table's member."""
    return f"{table}.jsonl"


def row_type(table: str) -> type[msgspec.Struct]:
    """What a line of a table must be: its columns, typed, none more and none less."""
    model = TABLES[table]
    fields = {f.attname: f for f in model._meta.concrete_fields}
    types = {name: _type(fields[name]) for name in columns(model)}
    if column := PACKED.get(table):
        types[column] = str
    return msgspec.defstruct(table, list(types.items()), forbid_unknown_fields=True)


def _type(field: Any) -> Any:
    told: Any = getattr(field, "archive_type", None)
    told = told or next((t for cls, t in _TYPES.items() if isinstance(field, cls)), None)
    if told is None and isinstance(field, models.CharField | models.TextField):
        told = Annotated[str, msgspec.Meta(max_length=field.max_length)] if field.max_length else str
        if field.choices:
            told = Literal[tuple(str(value) for value, _ in field.choices) + (("",) if field.blank else ())]
    if told is None:
        least = -_LARGEST if isinstance(field, models.SmallIntegerField | models.IntegerField) else 0
        told = Annotated[int, msgspec.Meta(ge=least, le=_LARGEST)]
    return told | None if field.null and told is not Any else told
