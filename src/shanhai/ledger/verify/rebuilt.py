"""Whether facts, findings and promises are what a rebuild gives; what it gives is compared and taken back."""

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Model

from shanhai.ledger.actions.rebuild import rebuild, stale
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Fact, FactStatement, Finding, FindingStatement, Pairing, Promise, Rebuild
from shanhai.ledger.verify.faults import Fault, Trouble

_ENCODER = msgspec.json.Encoder(order="deterministic")
_TABLES: tuple[tuple[type[Model], str, tuple[str, ...]], ...] = (
    (Fact, "pairing", ("key",)),
    (FactStatement, "fact__pairing", ("fact__key", "statement__key")),
    (Finding, "pairing", ("key",)),
    (FindingStatement, "finding__pairing", ("finding__key", "report_id", "start")),
    (Promise, "pairing", ("report_id", "start", "what")),
)
"""The tables that are rebuilt, the way to their pairing, and what names a row over rebuilds."""
_UNNAMED = {"id", "fact_id", "finding_id"}


def faults() -> Iterator[Fault]:
    """Rows that differ from a rebuild, pairing by pairing; a pairing that was never built, or has gone stale, is passed over."""
    built = {one.pairing_id: one.on for one in Rebuild.objects.all()}
    for pairing in (*Pairing.objects.order_by("pk"), None):
        number = pairing.pk if pairing else None
        if number not in built or stale(pairing):
            continue
        with transaction.atomic():
            before = _told(pairing)
            rebuild(pairing, actor=Actor.command_line("verify"), on=built[number])
            after = _told(pairing)
            transaction.set_rollback(True)
        for table, row in sorted(before.keys() | after.keys()):
            if before.get((table, row)) != after.get((table, row)):
                yield Fault(
                    Trouble.DERIVED,
                    table,
                    row,
                    "",
                    "与重建所得不同。请重建。",
                    "It is not what a rebuild gives. Rebuild.",
                )


def _told(pairing: Pairing | None) -> dict[tuple[str, str], list[str]]:
    """The digests of all rows, by table and by what names them."""
    told: dict[tuple[str, str], list[str]] = {}
    for model, path, names in _TABLES:
        columns = [f.attname for f in model._meta.concrete_fields if f.attname not in _UNNAMED]
        rows: Any = model._default_manager.filter(**{path: pairing}).order_by("pk")
        for row in rows.values_list(*names, *columns).iterator(1000):
            key = (model._meta.model_name or "", " ".join(map(str, row[: len(names)])))
            told.setdefault(key, []).append(hashlib.sha256(_ENCODER.encode(row)).hexdigest())
    return {key: sorted(digests) for key, digests in told.items()}
