"""The queue of findings."""

from django.http import HttpResponse
from django.shortcuts import render

from shanhai.ledger import access
from shanhai.ledger.actions.findings import standing
from shanhai.ledger.queries.findings import (
    SEVERITIES,
    assignable,
    by_severity,
    findings,
)
from shanhai.ledger.queries.paging import Total
from shanhai.ledger.rights import Right
from shanhai.model import Code
from shanhai.web.findings.asked import ME, NO_ONE, of_findings
from shanhai.web.findings.words import CHECKS, check_name, code_name
from shanhai.web.requests import Request


def index(request: Request) -> HttpResponse:
    """The findings that the address asks for, the most severe first; those that are not settled where it asks nothing."""
    actor = request.actor
    people = assignable(actor)
    wanted = of_findings(request.GET, actor.user_id, people)
    page = findings(actor, wanted, request.GET.get("after", ""))
    counts = by_severity(actor, wanted)
    rows = [
        {
            "finding": queued.finding,
            "work": queued.work,
            "code": code_name(queued.finding.code),
            "check": check_name(queued.finding.check_name),
            "state": state_of(queued.work),
            "seen": standing(queued.work),
            "may_settle": actor.may(Right.SETTLE, queued.finding.pairing_id),
            "may_assign": actor.may(Right.ASSIGN, queued.finding.pairing_id),
        }
        for queued in page.rows
    ]
    context = {
        "rows": rows,
        "after": page.after,
        "wanted": wanted,
        "tabs": [("", _sum(counts)), *((severity, counts[severity]) for severity in SEVERITIES)],
        "shown": counts[wanted.severity] if wanted.severity else _sum(counts),
        "codes": [(code.value, code_name(code.value)) for code in Code],
        "checks": CHECKS.items(),
        "pairings": access.pairings(actor),
        "people": people,
        "me": ME,
        "no_one": NO_ONE,
        "narrowed": any(
            request.GET.get(n) for n in ("q", "code", "check", "pairing", "who", "work", "severity")
        ),
        "empty_ledger": not rows and not access.findings(actor).exists(),
    }
    return render(request, "findings/index.html", context)


def state_of(work: object) -> str:
    """The badge of the work on a finding: open, assigned or settled."""
    if getattr(work, "settled", False):
        return "settled"
    return "assigned" if getattr(work, "assigned_to_id", None) else "open"


def _sum(counts: dict[str, Total]) -> Total:
    return Total(sum(t.number for t in counts.values()), any(t.more for t in counts.values()))
