"""Findings: faults and questions, and who sees to them."""

import datetime
from typing import Annotated, Any, Literal

from django.contrib.auth.models import User
from ninja import Path, Query, Router, Schema
from pydantic import Field

from shanhai.ledger import access
from shanhai.ledger.actions.findings import assign, reopen, settle, standing
from shanhai.ledger.errors import NotPossible
from shanhai.ledger.models import Finding, FindingWork
from shanhai.ledger.queries.findings import FindingFilter, Queued, cited, findings
from shanhai.ledger.rights import Right
from shanhai.web.api.lists import PageQuery, listed
from shanhai.web.api.shapes import KEY, PairingKey, Strict, pairing_key
from shanhai.web.requests import Request

router = Router(tags=["findings"])
FindingKey = Annotated[str, Field(pattern=KEY)]


class CitedOut(Schema):
    """A stretch of a report that a finding names; ``statement`` is null where no figure stands there."""

    sha256: str
    statement: str | None
    start: int
    end: int
    quote: str


class WorkOut(Schema):
    """Who sees to a finding and why it is settled. ``standing`` is what an action names as ``seen``."""

    assigned_to: str | None
    settled: bool
    because: str
    by: str
    at: datetime.datetime | None
    standing: str


class FindingOut(Schema):
    """A finding; its key stays over rebuilds."""

    key: str
    pairing: str | None
    code: str
    severity: Literal["error", "warning", "info"]
    check: str
    message_zh: str
    message_en: str
    settles_zh: str
    settles_en: str
    detail: dict[str, Any]
    work: WorkOut


class FindingWhole(FindingOut):
    """A finding with the stretches that it names, two hundred at most."""

    cited: list[CitedOut]


class FindingsOut(Schema):
    """One page of findings."""

    items: list[FindingOut]
    next: str | None


class FindingQuery(PageQuery):
    """Which findings; those that are not settled where no state is named."""

    pairing: PairingKey = ""
    code: Annotated[str, Field(max_length=20, pattern=r"^[a-z_]*$")] = ""
    severity: Literal["", "error", "warning", "info"] = ""
    state: Literal["open", "settled", "all"] = "open"


Seen = Annotated[str, Field(pattern=r"^([0-9a-f]{16})?$", description="`work.standing` as seen last")]
Reason = Annotated[str, Field(max_length=2000, pattern=r"^[^\u0000]*$")]


class SettleIn(Strict):
    """Why a finding is settled."""

    seen: Seen
    because: Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^[^\u0000]*\S[^\u0000]*$")]


class ReopenIn(Strict):
    """Why a finding is not settled after all."""

    seen: Seen
    reason: Reason = ""


class AssignIn(Strict):
    """To which account a finding is given; null to take it back."""

    seen: Seen
    to: Annotated[str, Field(min_length=1, max_length=150, pattern=r"^[^\u0000]*$")] | None


_SETTLED = {"open": False, "settled": True, "all": None}


@router.get("/findings", response=FindingsOut, operation_id="list_findings", summary="问题 Findings")
def list_findings(request: Request, wanted: Query[FindingQuery]) -> dict[str, Any]:
    """The findings, the most severe first."""
    found = FindingFilter(
        pairing=wanted.pairing, code=wanted.code, severity=wanted.severity, settled=_SETTLED[wanted.state]
    )
    return listed(
        request,
        wanted,
        lambda after, size: findings(request.actor, found, after, size),
        _queued,
        rebuilt=True,
    )


@router.get(
    "/findings/{key}", response=FindingWhole, operation_id="get_finding", summary="一个问题 One finding"
)
def get_finding(request: Request, key: Path[FindingKey]) -> dict[str, Any]:
    """One finding with what it names."""
    return whole(access.access_finding(request.actor, key))


@router.post(
    "/findings/{key}/settle",
    response=FindingWhole,
    operation_id="settle_finding",
    summary="问题已解决 Settle a finding",
)
def settle_finding(request: Request, key: Path[FindingKey], told: SettleIn) -> dict[str, Any]:
    """Say that a finding is settled, and why."""
    finding = access.access_finding(request.actor, key)
    settle(finding, told.because, told.seen, actor=request.actor)
    return whole(finding)


@router.post(
    "/findings/{key}/reopen",
    response=FindingWhole,
    operation_id="reopen_finding",
    summary="重新打开 Reopen a finding",
)
def reopen_finding(request: Request, key: Path[FindingKey], told: ReopenIn) -> dict[str, Any]:
    """Say that a finding is not settled after all."""
    finding = access.access_finding(request.actor, key)
    reopen(finding, told.seen, actor=request.actor, reason=told.reason)
    return whole(finding)


@router.post(
    "/findings/{key}/assign",
    response=FindingWhole,
    operation_id="assign_finding",
    summary="分派问题 Assign a finding",
)
def assign_finding(request: Request, key: Path[FindingKey], told: AssignIn) -> dict[str, Any]:
    """Give a finding to an account, or take it back."""
    finding = access.access_finding(request.actor, key)
    request.actor.require(Right.ASSIGN, finding.pairing_id)
    assign(finding, _account(told.to), told.seen, actor=request.actor)
    return whole(finding)


def _account(name: str | None) -> User | None:
    if name is None:
        return None
    found = User.objects.filter(username=name, is_active=True).first()
    if found is None:
        raise NotPossible(f"没有账号“{name}”。", f"There is no account “{name}”.")
    return found


def whole(finding: Finding) -> dict[str, Any]:
    """A finding with what it names, as it is answered."""
    places = [
        {
            "sha256": place.report.source.sha256,
            "statement": place.statement.key if place.statement else None,
            "start": place.start,
            "end": place.end,
            "quote": place.quote,
        }
        for place in cited(finding)
    ]
    work = FindingWork.objects.filter(key=finding.key).select_related("assigned_to").first()
    return {**_shown(finding, work), "cited": places}


def _queued(row: Queued) -> dict[str, Any]:
    return _shown(row.finding, row.work)


def _shown(row: Finding, work: FindingWork | None) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in _SAME},
        "pairing": pairing_key(row),
        "check": row.check_name,
        "work": _work(work),
    }


def _work(work: FindingWork | None) -> dict[str, Any]:
    if work is None:
        return {"assigned_to": None, "settled": False, "because": "", "by": "", "at": None, "standing": ""}
    return {
        "assigned_to": work.assigned_to.get_username() if work.assigned_to else None,
        "settled": work.settled,
        "because": work.because,
        "by": work.by,
        "at": work.at,
        "standing": standing(work),
    }


_SAME = (
    "key", "code", "severity", "message_zh", "message_en", "settles_zh", "settles_en", "detail",
)  # fmt: skip
