"""A figure that the reader missed: marked in the text or told in words, proposed by the reader, completed by the reviewer."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shanhai.catalogue.indicators import load_indicators
from shanhai.ledger.models import Decision
from shanhai.ledger.queries import room
from shanhai.ledger.rights import Right
from shanhai.model import Approx, Bounds, Claim, Kind, Report, Span, Status
from shanhai.web.requests import Request
from shanhai.web.room import locating
from shanhai.web.room.forms import label_of, words_at
from shanhai.web.room.views.answers import opened_for, panel
from shanhai.web.room.views.deciding import stored
from shanhai.web.room.writing import Writing

_MOST = 40


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request, sha256: str) -> HttpResponse:
    """Ask where the figure stands; then show what the reader makes of it; then store it."""
    opened = opened_for(request, sha256, Right.REVIEW)
    if request.method == "POST":
        writing = Writing(opened, Decision.ADD, (), request.POST)
        return stored(request, writing, {}, _("已补录“%(quote)s”。"))
    start, end = _number(request.GET.get("start")), _number(request.GET.get("end"))
    told = request.GET.get("words", "").strip()[:400]
    if start is None or end is None:
        found = locating.occurrences(opened.report, told, _number(request.GET.get("near")) or 0)
        if len(found) != 1:
            return panel(request, opened, "room/parts/locate.html", _asked(opened.report, told, found))
        start, end = found[0].start, found[0].end
    try:
        place = locating.stretch(opened.report, start, end)
    except locating.NoPlace as e:
        context = {"words": told or words_at(opened.report, start, end), "fault": str(e), "found": []}
        return panel(request, opened, "room/parts/locate.html", context, 422)
    writing = Writing(opened, Decision.ADD)
    writing.propose([locating.proposed(opened.report, place) or _blank(opened.report, place)])
    there = room.standing_within(request.actor, opened.row, place.start, place.end)
    return panel(request, opened, "room/parts/writing.html", {**writing.context(), "there": there})


def indicators(request: Request) -> HttpResponse:
    """The indicators whose name, code or words hold what was typed, for the list beside the field."""
    typed = "".join(request.GET.get("q", "").split()).casefold()[:60]
    found = [
        (rank, label_of(code))
        for code, i in load_indicators().items()
        if (rank := _rank(typed, code, i.name_zh, i.name_en, i.words)) is not None
    ]
    found.sort(key=lambda one: one[0])
    return render(request, "room/parts/indicators.html", {"labels": [label for _, label in found[:_MOST]]})


def _rank(typed: str, code: str, zh: str, en: str, words: tuple[str, ...]) -> int | None:
    """How well an indicator fits what was typed, 0 best; None where it does not."""
    if zh.startswith(typed):
        return 0
    if typed in zh:
        return 1
    if typed in en.replace(" ", "").casefold() or typed in code:
        return 2
    return 3 if any(typed in word.replace(" ", "") for word in words) else None


def _asked(report: Report, told: str, found: list[Span]) -> dict[str, object]:
    fault = (
        _("文中没有“%(words)s”。请照原文填写，或在文中划选。") % {"words": told} if told and not found else ""
    )
    around = [
        (s.start, s.end, words_at(report, max(s.start - 20, 0), s.start), words_at(report, s.start, s.end),
         words_at(report, s.end, min(s.end + 20, len(report.source_text))))
        for s in found
    ]  # fmt: skip
    return {"words": told, "fault": fault, "found": around}


def _number(told: str | None) -> int | None:
    return int(told) if told and told.isascii() and told.isdigit() and len(told) < 10 else None


def _blank(report: Report, place: locating.Stretch) -> Claim:
    return Claim(
        doc=report.doc,
        start=place.start,
        end=place.end,
        quote=place.quote,
        value=None,
        unit="",
        approx=Approx.EXACT,
        kind=Kind.LEVEL,
        bounds=Bounds(),
        sentence=place.sentence,
        digits=place.digits,
        status=Status.DONE,
        area="other",
        skipped=place.skipped,
    )
