"""What a field offers while someone types."""

from django.http import HttpResponse
from django.shortcuts import render

from shanhai.ledger import access
from shanhai.web.facts.asking import places_like
from shanhai.web.requests import Request

_LEAST, _MOST = 2, 10


def places(request: Request) -> HttpResponse:
    """Places whose name holds what is typed."""
    typed = request.GET.get("place", "")[:60]
    return render(request, "facts/parts/offers.html", {"offers": places_like(typed, _MOST)})


def parties(request: Request) -> HttpResponse:
    """Teams whose name holds what is typed, from two characters on."""
    typed = request.GET.get("party", "").strip()[:60]
    found = access.facts(request.actor).filter(party__contains=typed).exclude(party="")
    names = found.order_by("party").values_list("party", flat=True).distinct()[:_MOST]
    return render(request, "facts/parts/offers.html", {"offers": names if len(typed) >= _LEAST else ()})
