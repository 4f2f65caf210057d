"""Reports: what the newest reading made of each source, known by the source's sha256; decisions about their figures."""

import datetime
from typing import Annotated, Any, Literal

from ninja import Path, Query, Router, Schema, Status
from pydantic import Field

from shanhai.ledger import access
from shanhai.ledger.actions.review import decide, undo
from shanhai.ledger.errors import NotThere
from shanhai.ledger.models import Decision, Report, Review, Side
from shanhai.ledger.queries.narrowing import of_pairing
from shanhai.ledger.queries.paging import page_of
from shanhai.web.api.claims import ClaimIn, claims_of
from shanhai.web.api.lists import PageQuery, listed
from shanhai.web.api.shapes import PairingKey, Sha256, StatementKey, Strict
from shanhai.web.requests import Request

router = Router(tags=["reports"])


class ReportOut(Schema):
    """A report. ``statements`` counts the figures that stand, ``waiting`` those no one has decided about."""

    sha256: str
    doc: str
    title: str
    publisher: str
    publisher_kind: str
    author: str
    date: datetime.date | None
    pairing: str | None
    reader: str
    read_at: datetime.datetime
    statements: int
    waiting: int


class ReportsOut(Schema):
    """One page of reports."""

    items: list[ReportOut]
    next: str | None


class ReportQuery(PageQuery):
    """Which reports."""

    pairing: PairingKey = ""
    state: Literal["", "waiting", "done"] = ""


class DecisionOut(Schema):
    """A decision. ``before`` lists the statements that it was about, ``after`` those that came of it.

    ``undoes`` is the decision that it takes back, ``undone_by`` the one that took it back.
    """

    id: int
    sha256: str
    decision: Literal["accept", "correct", "split", "merge", "reject", "add", "undo"]
    reason: str
    by: str
    at: datetime.datetime
    before: list[str]
    after: list[str]
    undoes: int | None
    undone_by: int | None


class DecisionsOut(Schema):
    """One page of decisions."""

    items: list[DecisionOut]
    next: str | None


Number = Annotated[int, Field(ge=1, le=2**62)]


class DecisionIn(Strict):
    """A decision about statements of one report.

    ``seen`` names the statements: by key the id of the decision seen last on it (``review`` of the statement), null
    where there was none. Where another came in between, the answer is 409 and nothing is stored. One statement to
    accept, correct, split or reject; several to merge; none to add. ``claims`` is the reviewer's version: one to
    correct, merge or add, several to split. A reason is needed unless a statement is accepted or added.
    """

    decision: Literal["accept", "correct", "split", "merge", "reject", "add"]
    seen: Annotated[
        dict[StatementKey, Number | None],
        Field(default_factory=dict, max_length=100, json_schema_extra={"additionalProperties": False}),
    ]
    claims: Annotated[list[ClaimIn], Field(default_factory=list, max_length=100)]
    reason: Annotated[str, Field(max_length=2000, pattern=r"^[^\u0000]*$")] = ""


@router.get("/reports", response=ReportsOut, operation_id="list_reports", summary="报告 Reports")
def list_reports(request: Request, wanted: Query[ReportQuery]) -> dict[str, Any]:
    """The reports, the last received first."""
    rows = access.reports(request.actor).filter(of_pairing(request.actor, wanted.pairing, "source__pairing"))
    if wanted.state:
        rows = rows.filter(waiting__gt=0) if wanted.state == "waiting" else rows.filter(waiting=0)
    rows = rows.select_related("source__pairing").defer("content")
    return listed(request, wanted, lambda after, size: page_of(rows, after, size, newest=True), shown)


@router.get("/reports/{sha256}", response=ReportOut, operation_id="get_report", summary="一份报告 One report")
def get_report(request: Request, sha256: Path[Sha256]) -> dict[str, Any]:
    """One report."""
    return shown(_report(request, sha256))


@router.get(
    "/reports/{sha256}/decisions",
    response=DecisionsOut,
    operation_id="list_decisions",
    summary="审核记录 Decisions about a report",
)
def list_decisions(request: Request, sha256: Path[Sha256], wanted: Query[PageQuery]) -> dict[str, Any]:
    """What was decided about a report, the first first."""
    rows = access.reviews(request.actor).filter(report=_report(request, sha256))
    rows = rows.select_related("report__source", "undone_by").prefetch_related("parts__statement")
    return listed(request, wanted, lambda after, size: page_of(rows, after, size), _decision)


@router.post(
    "/reports/{sha256}/decisions",
    response={201: DecisionOut},
    operation_id="decide",
    summary="审核数字 Decide about statements",
)
def make_decision(request: Request, sha256: Path[Sha256], told: DecisionIn) -> Status[dict[str, Any]]:
    """Accept, correct, split, merge, reject or add statements of a report."""
    report = _report(request, sha256)
    claims = claims_of(told.claims, report.doc)
    made = decide(
        report, Decision(told.decision), told.seen, actor=request.actor, claims=claims, reason=told.reason
    )
    return Status(201, _decision(made))


@router.get(
    "/decisions/{id}", response=DecisionOut, operation_id="get_decision", summary="一次审核 One decision"
)
def get_decision(request: Request, id: Path[Number]) -> dict[str, Any]:  # noqa: A002 - its name in the address
    """One decision."""
    return _decision(access.access_review(request.actor, id))


@router.post(
    "/decisions/{id}/undo",
    response={201: DecisionOut},
    operation_id="undo",
    summary="撤销审核 Take a decision back",
)
def take_back(request: Request, id: Path[Number]) -> Status[dict[str, Any]]:  # noqa: A002 - its name in the address
    """Take a decision back: its statements stand as before it, what was written for it is withdrawn."""
    return Status(201, _decision(undo(access.access_review(request.actor, id), actor=request.actor)))


def _report(request: Request, sha256: str) -> Report:
    rows = access.reports(request.actor).select_related("source__pairing").defer("content")
    found = rows.filter(source__sha256=sha256).first()
    if found is None:
        raise NotThere(
            "找不到该报告，或您的账号看不到它。", "There is no such report that your account can see."
        )
    return found


def shown(row: Report) -> dict[str, Any]:
    """A report as it is answered."""
    return {
        **{name: getattr(row, name) for name in _SAME},
        "sha256": row.source.sha256,
        "pairing": row.source.pairing.key if row.source.pairing else None,
    }


_SAME = (
    "doc", "title", "publisher", "publisher_kind", "author", "date", "reader", "read_at", "statements", "waiting",
)  # fmt: skip


def _decision(row: Review) -> dict[str, Any]:
    sides: dict[str, list[str]] = {Side.BEFORE: [], Side.AFTER: []}
    for part in row.parts.all():
        sides[part.side].append(part.statement.key)
    return {
        "id": row.pk,
        "sha256": row.report.source.sha256,
        "decision": row.decision,
        "reason": row.reason,
        "by": row.by,
        "at": row.at,
        "before": sides[Side.BEFORE],
        "after": sides[Side.AFTER],
        "undoes": row.undoes_id,
        "undone_by": row.undone_by.pk if hasattr(row, "undone_by") else None,
    }
