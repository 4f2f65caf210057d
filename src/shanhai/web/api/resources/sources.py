"""Sources: bytes as received; files are sent here."""

import datetime
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from ninja import File, Form, Path, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from shanhai.ledger import access
from shanhai.ledger.actions.receive import receive
from shanhai.ledger.actions.uploads import Refusal, clean_name
from shanhai.ledger.models import Progress, Source
from shanhai.ledger.packing import unpacked
from shanhai.ledger.queries.sources import SourceFilter, sources
from shanhai.ledger.rights import Right
from shanhai.web import apart
from shanhai.web.api.lists import PageQuery, listed
from shanhai.web.api.problems import Refused
from shanhai.web.api.shapes import Day, PairingKey, Sha256, Text, pairing_key
from shanhai.web.requests import Request

router = Router(tags=["sources"])
_STATUS = {"size": 413, "kind": 415, "fault": 500}


class ReceiptOut(Schema):
    """One way in which a source came."""

    name: str
    origin: str
    at: datetime.datetime
    by: str


class SourceOut(Schema):
    """A source. ``media_type`` is recognised from its content; ``fault`` says why it holds no report, else ""."""

    sha256: str
    name: str
    size: int
    media_type: str
    fault: str
    pairing: str | None
    report: bool


class SourceWhole(SourceOut):
    """A source with the ways in which it came."""

    receipts: list[ReceiptOut]


class SourcesOut(Schema):
    """One page of sources."""

    items: list[SourceOut]
    next: str | None


class Sent(Schema):
    """What became of a file: read, known (it was there already) or refused (kept, but nothing can be read from it).

    ``message`` says why it was refused, Chinese and English on a line each. ``statements`` is null where the account
    may not see the source, which was filed by others.
    """

    sha256: str
    progress: Literal["read", "known", "refused"]
    message: str
    statements: int | None


class SourceQuery(PageQuery):
    """Which sources."""

    pairing: PairingKey = ""
    collection: Annotated[str, Field(max_length=64, pattern=r"^[-A-Za-z0-9_]*$")] = ""
    words: Text = ""
    publisher_kind: Annotated[str, Field(max_length=32, pattern=r"^[a-z_]*$")] = ""
    since: Day = None
    until: Day = None
    state: Literal["", "waiting", "done", "refused"] = ""


class SendIn(Schema):
    """Under which pairing a file is filed, and where it came from, such as an address."""

    pairing: PairingKey = ""
    origin: Annotated[str, Field(max_length=2000, pattern=r"^[^\u0000-\u001f\u007f]*$")] = ""


@router.get("/sources", response=SourcesOut, operation_id="list_sources", summary="来源 Sources")
def list_sources(request: Request, wanted: Query[SourceQuery]) -> dict[str, Any]:
    """The sources, the last received first."""
    found = SourceFilter(**wanted.filters())
    return listed(request, wanted, lambda after, size: sources(request.actor, found, after, size), _shown)


@router.get(
    "/sources/{sha256}", response=SourceWhole, operation_id="get_source", summary="一个来源 One source"
)
def get_source(request: Request, sha256: Path[Sha256]) -> dict[str, Any]:
    """One source, with the ways in which it came."""
    source = access.access_source(request.actor, sha256)
    receipts = source.receipts.order_by("pk").values("name", "origin", "at", "by")
    return {**_shown(source), "receipts": list(receipts)}


@router.get(
    "/sources/{sha256}/content",
    response={200: None},
    operation_id="get_content",
    summary="原始文件 The bytes",
    openapi_extra={
        "responses": {
            200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
        }
    },
)
def get_content(request: Request, sha256: Path[Sha256]) -> HttpResponse:
    """The bytes as received, as an attachment: whatever they are, no browser shows them."""
    source = access.access_source(request.actor, sha256, Right.EXPORT)
    if known := get_conditional_response(request, etag=f'"{sha256}"'):
        return known
    answer = HttpResponse(unpacked(source.content.compressed), content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = content_disposition_header(
        True, clean_name(source.name) or sha256
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["ETag"] = f'"{sha256}"'
    return answer


@router.post(
    "/sources", response={201: Sent, 200: Sent}, operation_id="send_source", summary="上传来源 Send a file"
)
def send_source(
    request: Request,
    file: File[UploadedFile],
    told: Form[SendIn],
) -> Status[dict[str, Any]]:
    """Send a file; it is read apart from the server, within limits. The same bytes twice change nothing."""
    filed = (
        access.access_pairing(request.actor, told.pairing, Right.SEND) if told.pairing.strip("-") else None
    )
    request.actor.require(Right.SEND, filed.pk if filed else None)
    if (file.size or 0) > apart.allowed().megabytes * 1024 * 1024:
        raise _refused(apart.too_large(clean_name(file.name or "")))
    outcome = apart.parse(file.read(), file.name or "", origin=told.origin)
    if isinstance(outcome, Refusal):
        raise _refused(outcome)
    received = receive(outcome, actor=request.actor, pairing=filed)
    seen = access.sources(request.actor).filter(pk=received.source.pk).exists()
    answer = {
        "sha256": received.source.sha256,
        "progress": received.progress.value,
        "message": received.source.fault if received.progress == Progress.REFUSED and seen else "",
        "statements": received.statements if seen else None,
    }
    return Status(200 if received.progress == Progress.KNOWN else 201, answer)


def _refused(refusal: Refusal) -> Refused:
    return Refused(_STATUS.get(refusal.code, 422), f"file_{refusal.code}", refusal.zh, refusal.en)


def _shown(row: Source) -> dict[str, Any]:
    return {
        "sha256": row.sha256,
        "name": row.name,
        "size": row.size,
        "media_type": row.media_type,
        "fault": row.fault,
        "pairing": pairing_key(row),
        "report": hasattr(row, "report"),
    }
