"""The sending office's board: pairings side by side, and teams by what may be compared."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shanhai.catalogue.indicators import load_indicators
from shanhai.ledger import access
from shanhai.ledger.rights import Right
from shanhai.programme.queries.boards import targets as of_targets
from shanhai.programme.queries.boards.pairings import lines
from shanhai.web import links
from shanhai.web.boards import words
from shanhai.web.boards.asked import day_of, page_of, year_of
from shanhai.web.boards.shown_targets import shown_target
from shanhai.web.frame.templatetags.frame import both
from shanhai.web.requests import Request

SIZE = 30


@require_safe
def index(request: Request) -> HttpResponse:
    """The pairings, one line each."""
    day = day_of(request.GET)
    page = page_of(access.pairings(request.actor), request.GET, SIZE)
    told = lines(list(page), day)
    context = {
        "here": "pairings",
        "day": day,
        "page": page,
        "lines": [(line, links.board_path(line.pairing.key, day=day.isoformat())) for line in told],
        "may_export": request.actor.may_somewhere(Right.EXPORT),
        "may_file": request.actor.may_somewhere(Right.FILE),
    }
    return render(request, "boards/index.html", context)


@require_safe
def targets(request: Request) -> HttpResponse:
    """One indicator's targets, side by side where they may be compared."""
    day = day_of(request.GET)
    year = year_of(request.GET, day)
    own = list(access.pairings(request.actor).values_list("pk", flat=True))
    choices = of_targets.indicators(own, year)
    known = load_indicators()
    wanted = request.GET.get("indicator", "")
    if wanted not in dict(choices):
        wanted = choices[0][0] if choices else ""
    rows = (
        of_targets.told(own, year)
        .filter(indicator=wanted)
        .order_by("pairing__key", "team__key", "starts", "key")
    )
    found = list(rows[: of_targets.MOST + 1]) if wanted else []
    groups = of_targets.side_by_side(of_targets.judged(found[: of_targets.MOST], day))
    indicator = known.get(wanted)
    context = {
        "here": "targets",
        "day": day,
        "year": year,
        "years": range(day.year, day.year - 8, -1),
        "choices": [
            (code, both(known[code].name_zh, known[code].name_en) if code in known else code, n)
            for code, n in choices
        ],
        "wanted": wanted,
        "unknown": wanted if wanted and wanted not in known else "",
        "definition": both(indicator.definition_zh, indicator.definition_en) if indicator else "",
        "groups": [
            {
                "group": group,
                "why": words.ALONE[group.alone] if group.alone else "",
                "rows": [shown_target(one) for one in group.members],
            }
            for group in groups
        ],
        "more": len(found) > of_targets.MOST,
        "may_export": request.actor.may_somewhere(Right.EXPORT),
    }
    return render(request, "boards/targets.html", context)
