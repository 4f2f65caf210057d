"""How a row without a number is known again, so that a file that is sent twice changes nothing.

A row whose every told field stands in a record is that record. A row that says the same thing of another amount
(the fields below) may be a correction or a second event: nothing tells which, so it is refused until it has a number.
"""

from collections.abc import Mapping
from typing import Any

from shanhai.ledger.models import Pairing
from shanhai.programme.kinds import Kind
from shanhai.programme.models import Record

IDENTITY: Mapping[str, tuple[str, ...]] = {
    "arrange": ("mode", "since"),
    "term": ("batch", "phase"),
    "team": ("name", "term"),
    "post": ("name", "team", "receiving_unit"),
    "member": ("name", "team"),
    "assess": ("member", "form", "starts", "ends"),
    "honour": ("name", "team", "member", "day"),
    "project": ("name", "term"),
    "cofunding": ("project", "funder"),
    "asset": ("project", "name"),
    "visit": ("asset", "day"),
    "money": ("day", "stage", "plan", "form", "currency", "project", "team", "counterparty", "what"),
    "target": ("indicator", "project", "team", "starts", "ends"),
    "result": ("target", "starts", "ends", "cumulative"),
    "activity": ("sort", "name", "day", "team"),
    "need": ("side", "summary", "said_by", "day"),
    "match": ("need", "offer", "day"),
    "handover": ("from_term", "to_term"),
    "matter": ("handover", "summary"),
}
"""By kind: the fields that say what a record is about, beside its number."""


def alike(kind: Kind, pairing: Pairing, values: Mapping[str, Any]) -> list[Record]:
    """The records, withdrawn ones too, that are about the same as what is told; those that stand first."""
    asked: dict[str, Any] = {}
    for name in IDENTITY[kind.name]:
        value = values.get(name)
        asked[name] = kind.empty(name) if value is None else value
    named = {f"{n}__isnull" if v is None else n: True if v is None else v for n, v in asked.items()}
    found = kind.model._default_manager.filter(pairing=pairing, **named).order_by("withdrawn", "pk")
    return list(found[:50])


def says_the_same(kind: Kind, record: Record, values: Mapping[str, Any], evidence: str | None) -> bool:
    """Whether all that is told stands in a record already."""
    if evidence is not None and evidence != record.evidence:
        return False
    told = {name: kind.empty(name) if value is None else value for name, value in values.items()}
    return kind.plain(told) == {
        name: plain for name, plain in kind.plain(kind.values_of(record)).items() if name in told
    }
