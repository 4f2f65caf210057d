"""The leader's board of one pairing: all at a glance, and its parts in full."""

import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shanhai.ledger import access
from shanhai.ledger.models import Pairing
from shanhai.ledger.rights import Right
from shanhai.programme.models import Stage
from shanhai.programme.queries.boards import idle as of_idle
from shanhai.programme.queries.boards import money as of_money
from shanhai.programme.queries.boards import progress as of_progress
from shanhai.programme.queries.boards.limits import YEARS
from shanhai.programme.queries.boards.progress import SHOWN, Pace
from shanhai.programme.queries.boards.waiting import waiting
from shanhai.programme.queries.plans import waiting as plans_waiting
from shanhai.programme.shares.held import Basis
from shanhai.programme.shares.reading import Scope, meters
from shanhai.web import links
from shanhai.web.boards import words
from shanhai.web.boards.asked import day_of, page_of, word_of
from shanhai.web.boards.pictures import money_picture
from shanhai.web.boards.shown_shares import shown_shares
from shanhai.web.boards.timeline import line_of
from shanhai.web.requests import Request

FIRST = 6
"""So many rows of each list stand on the whole board."""
SIZE = 25


@require_safe
def show(request: Request, pairing: str) -> HttpResponse:
    """All at a glance."""
    own, day = access.access_pairing(request.actor, pairing), day_of(request.GET)
    wanted = of_money.Wanted(
        request.GET.get("currency", "")[:3] or of_money.OWN,
        word_of(request.GET, "plan", words.PLANS) or "",
        word_of(request.GET, "form", words.FORMS) or "",
    )
    money = of_money.money_of(own.pk, wanted, day)
    counts = of_progress.by_pace([own.pk], day).get(own.pk, {})
    urgent = _urgent(own, day)
    assets = of_idle.idle_assets([own.pk], day)
    sums = of_idle.idle_sums([own.pk], day, wanted.currency).get(own.pk)
    waits = waiting(request.actor, own, day)
    arrived = money.total.get(Stage.ARRIVED, of_money.NOTHING)
    context = _context(own, day, "leader") | {
        "projects": sum(counts.values()),
        "late": counts.get(Pace.LATE, 0),
        "slow": counts.get(Pace.SLOW, 0),
        "counts": _counts(own, day, counts),
        "money": money,
        "wanted": wanted,
        "plans": words.PLANS.items(),
        "forms": words.FORMS.items(),
        "picture": money_picture(money) if money.years else None,
        "parts": _parts(money),
        "stages": words.STAGES.items(),
        "arrived": arrived,
        "spent": money.total.get(Stage.SPENT, of_money.NOTHING),
        "rate": of_progress.share(money.total.get(Stage.SPENT, of_money.NOTHING), arrived),
        "idle": sums,
        "idle_over": [(y, sums.amounts[y], sums.projects[y]) for y in YEARS] if sums else [],
        "idle_money": of_idle.told_of(list(of_idle.idle_money(own.pk, day)[:FIRST]), day),
        "asset_counts": of_idle.by_years(assets).get(own.pk, {}),
        "idle_assets": of_idle.shown_assets(assets[:FIRST]),
        "line": urgent,
        "waits": waits,
        "open_findings": sum(t.number for t in waits.findings.values()),
        "promises_path": links.findings_path(code="promise_due", pairing=own.key),
        "findings_path": links.findings_path(pairing=own.key),
        "shares": shown_shares(meters(Scope(own), day, day)),
        "plans_waiting": plans_waiting(request.actor, own).count(),
        "plans_path": links.plans_path(own.key) if request.actor.may(Right.APPROVE, own.pk) else "",
        "basis": words.BASES[Basis.PLANNED],
    }
    return render(request, "boards/leader.html", context)


@require_safe
def progress(request: Request, pairing: str) -> HttpResponse:
    """All projects held against their plans."""
    own, day = access.access_pairing(request.actor, pairing), day_of(request.GET)
    pace = word_of(request.GET, "pace", Pace)
    page = page_of(of_progress.listed(own.pk, day, pace), request.GET, SIZE)
    shown = list(page)
    balances = of_progress.money_by_project(p.pk for p in shown)
    counts = of_progress.by_pace([own.pk], day).get(own.pk, {})
    context = _context(own, day, "progress") | {
        "line": line_of(shown, balances, day),
        "page": page,
        "pace": pace,
        "counts": _counts(own, day, counts),
        "projects": sum(counts.values()),
    }
    return render(request, "boards/progress.html", context)


@require_safe
def idle(request: Request, pairing: str) -> HttpResponse:
    """All idle money and all idle assets."""
    own, day = access.access_pairing(request.actor, pairing), day_of(request.GET)
    years = 2 if request.GET.get("years") == "2" else 1
    page = page_of(of_idle.idle_money(own.pk, day, years), request.GET, SIZE)
    assets = of_idle.idle_assets([own.pk], day)
    counts = of_idle.by_years(assets).get(own.pk, {})
    sums = of_idle.idle_sums([own.pk], day).get(own.pk)
    own_assets = page_of([one for one in assets if one.years >= years], request.GET, SIZE, "assets")
    context = _context(own, day, "idle") | {
        "years": years,
        "page": page,
        "idle_money": of_idle.told_of(list(page), day),
        "assets_page": own_assets,
        "idle_assets": of_idle.shown_assets(list(own_assets)),
        "undated": sum(one.since is None for one in assets),
        "asset_counts": counts,
        "idle_over": [(y, sums.amounts[y], sums.projects[y]) for y in YEARS] if sums else [],
    }
    return render(request, "boards/idle.html", context)


def context_of(own: Pairing, day: datetime.date, here: str) -> dict[str, Any]:
    """What every part of the board shows."""
    return _context(own, day, here)


def _context(own: Pairing, day: datetime.date, here: str) -> dict[str, Any]:
    on = {"day": day.isoformat()}
    paths = {part: links.board_path(own.key, part, **on) for part in ("progress", "idle", "shares")}
    return {
        "pairing": own,
        "day": day,
        "here": here,
        "paths": {"leader": links.board_path(own.key, **on), **paths},
    }


def _urgent(own: Pairing, day: datetime.date) -> Any:
    """The first late and slow projects."""
    late = list(of_progress.listed(own.pk, day, Pace.LATE)[:FIRST])
    slow = list(of_progress.listed(own.pk, day, Pace.SLOW)[:FIRST])
    shown = [*late[: max(FIRST // 2, FIRST - len(slow))], *slow][:FIRST]
    return line_of(shown, of_progress.money_by_project(p.pk for p in shown), day)


def _counts(own: Pairing, day: datetime.date, counts: dict[Pace, int]) -> list[dict[str, Any]]:
    return [
        {
            "pace": pace,
            "name": words.PACES[pace][0],
            "meaning": words.PACES[pace][1],
            "number": counts.get(pace, 0),
            "href": links.board_path(own.key, "progress", day=day.isoformat(), pace=pace),
        }
        for pace in SHOWN
    ]


def _parts(money: of_money.Money) -> list[dict[str, Any]]:
    return [
        {
            "plan": words.PLANS[plan],
            "form": words.FORMS[form],
            "amounts": [money.parts[plan, form].get(stage) for stage in words.STAGES],
        }
        for plan, form in of_money.PARTS
        if (plan, form) in money.parts
    ]
