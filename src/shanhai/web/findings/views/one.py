"""One finding: what was found, the sentences that it names, who sees to it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shanhai.catalogue.indicators import load_indicators
from shanhai.ledger import access
from shanhai.ledger.actions.findings import standing
from shanhai.ledger.errors import NotThere
from shanhai.ledger.models import Entry, Fact, Finding, FindingStatement, Rebuild
from shanhai.ledger.queries.excerpts import MOST_REPORTS, Excerpt, Stretch, excerpts
from shanhai.ledger.queries.findings import assignable_to, cited, done_about, facts_of, vanished, work_on
from shanhai.ledger.rights import Right
from shanhai.web.findings.arithmetic import worked_out
from shanhai.web.findings.views.queue import state_of
from shanhai.web.findings.words import DEEDS, check_name, code_name, language
from shanhai.web.links import fact_path
from shanhai.web.requests import Request

_MOST_CITED = 60


def index(request: Request, key: str) -> HttpResponse:
    """The finding with a key; of one that is raised no more, what was done about it."""
    try:
        finding = access.access_finding(request.actor, key)
    except NotThere:
        work = vanished(request.actor, key)
        if work is None:
            raise
        return render(request, "findings/gone.html", {"work": work, "history": history(key)})
    return shown(request, finding)


def shown(request: Request, finding: Finding, status: int = 200, **more: Any) -> HttpResponse:
    """The page of a finding; ``more`` is what a form could not do, and what was typed in it."""
    actor = request.actor
    work = work_on(finding.key)
    named = cited(finding, _MOST_CITED + 1)
    told = excerpts(actor, ((c.report_id, c.start, c.end) for c in named[:_MOST_CITED]))
    people = assignable_to(actor, finding)
    context = {
        "finding": finding,
        "work": work,
        "seen": standing(work),
        "state": state_of(work),
        "code": code_name(finding.code),
        "check": check_name(finding.check_name),
        "arithmetic": worked_out(finding),
        "cited": by_sentence(named[:_MOST_CITED], told),
        "more_cited": len(named) > _MOST_CITED or len({c.report_id for c in named}) > MOST_REPORTS,
        "facts": [_fact(fact) for fact in facts_of(actor, finding)],
        "history": history(finding.key),
        "people": people,
        "may_settle": actor.may(Right.SETTLE, finding.pairing_id),
        "may_assign": actor.may(Right.ASSIGN, finding.pairing_id),
        "rebuilt": Rebuild.objects.filter(pairing=finding.pairing_id).first(),
    }
    return render(request, "findings/finding.html", context | more, status=status)


def by_sentence(
    named: Sequence[FindingStatement], told: Mapping[Stretch, Excerpt]
) -> list[tuple[FindingStatement, list[Excerpt]]]:
    """What a finding names, sentence by sentence: the first figure of each with all excerpts of the sentence."""
    found: dict[tuple[int, str], tuple[FindingStatement, list[Excerpt]]] = {}
    for one in named:
        excerpt = told.get((one.report_id, one.start, one.end))
        where = (one.report_id, excerpt.text if excerpt else f"#{one.pk}")
        found.setdefault(where, (one, []))[1].extend([excerpt] if excerpt else [])
    return list(found.values())


def history(key: str) -> list[dict[str, Any]]:
    """What was done about a finding, the last first."""
    return [{"entry": entry, "deed": _deed(entry)} for entry in done_about(key)]


def _deed(entry: Entry) -> str:
    new = entry.new if isinstance(entry.new, dict) else {}
    if entry.action == "assign":
        to = _account(new.get("assigned_to"))
        return _("分派给%(name)s") % {"name": to} if to else _("收回分派")
    return str(DEEDS.get(entry.action, entry.action))


def _account(named: object) -> str:
    """An account in the audit: by its name."""
    return str(named).removeprefix("account:") if named else ""


def _fact(fact: Fact) -> dict[str, Any]:
    known = load_indicators().get(fact.indicator)
    named = (known.name_zh if language() == "zh" else known.name_en) if known else fact.measure
    about = [fact.place, fact.party, fact.period]
    return {
        "fact": fact,
        "name": named or _("所指不明"),
        "about": " · ".join(part for part in about if part),
        "address": fact_path(fact.pairing.key if fact.pairing else None, fact.key),
    }
