"""Records of the register, read-only: lists of a kind, and one record."""

from typing import Annotated, Any

from ninja import Path, Query, Router, Schema
from pydantic import Field

from shanhai.ledger import access as ledger_access
from shanhai.ledger.queries.paging import page_of
from shanhai.programme import access
from shanhai.programme.kinds import Kind
from shanhai.programme.models import LONGEST_KEY, Record
from shanhai.programme.values import Reference
from shanhai.web.api.lists import PageQuery, listed
from shanhai.web.api.shapes import PairingPath
from shanhai.web.requests import Request

router = Router(tags=["records"])

KindPath = Annotated[
    str, Field(pattern=r"^[a-z]{1,10}$", description="a kind of records, such as project or money")
]
NumberPath = Annotated[str, Field(max_length=LONGEST_KEY, pattern=r"^[^/\\\u0000-\u001f\u007f]+$")]


class RecordOut(Schema):
    """A record. ``values`` are its fields as the register keeps them: choices by key, records by number, amounts as text."""

    pairing: str
    kind: str
    key: str
    revision: int
    withdrawn: bool
    evidence: str
    values: dict[str, Any]


class RecordsOut(Schema):
    """One page of records."""

    items: list[RecordOut]
    next: str | None


class RecordQuery(PageQuery):
    """Which records: those that stand, or those that were withdrawn."""

    withdrawn: bool = False


@router.get(
    "/records/{pairing}/{kind}", response=RecordsOut, operation_id="list_records", summary="台账记录 Records"
)
def list_records(
    request: Request, pairing: Path[PairingPath], kind: Path[KindPath], wanted: Query[RecordQuery]
) -> dict[str, Any]:
    """A kind's records of a pairing, in the order in which they were entered; of people only for who may see them."""
    of = ledger_access.access_pairing(request.actor, pairing)
    known = access.access_kind(request.actor, kind)
    rows = access.records(request.actor, known, withdrawn=wanted.withdrawn).filter(pairing=of)
    named = [f.name for f in known.fields if isinstance(f.value, Reference)]
    rows = rows.select_related(*named) if named else rows
    return listed(
        request,
        wanted,
        lambda after, size: page_of(rows, after, size),
        lambda row: _shown(of.key, known, row),
    )


@router.get(
    "/records/{pairing}/{kind}/{key}",
    response=RecordOut,
    operation_id="get_record",
    summary="一条记录 One record",
)
def get_record(
    request: Request, pairing: Path[PairingPath], kind: Path[KindPath], key: Path[NumberPath]
) -> dict[str, Any]:
    """One record, withdrawn or not."""
    of = ledger_access.access_pairing(request.actor, pairing)
    known = access.access_kind(request.actor, kind)
    return _shown(of.key, known, access.access_record(request.actor, known, of, key))


def _shown(pairing: str, kind: Kind, row: Record) -> dict[str, Any]:
    return {
        "pairing": pairing,
        "kind": kind.name,
        **{name: getattr(row, name) for name in ("key", "revision", "withdrawn", "evidence")},
        "values": kind.plain(kind.values_of(row)),
    }
