"""The first page: what the ledger holds, as far as the reader may see it."""

from django.http import HttpResponse
from django.shortcuts import render

from shanhai.ledger import access
from shanhai.ledger.models import STANDING
from shanhai.web.requests import Request


def index(request: Request) -> HttpResponse:
    """Counts of sources, statements, facts and findings."""
    actor = request.actor
    standing = access.statements(actor).filter(state__in=STANDING)
    held = {
        "sources": access.sources(actor).count(),
        "statements": standing.count(),
        "waiting": standing.filter(state="open", minor=False).count(),
        "facts": access.facts(actor).count(),
        "findings": access.findings(actor).count(),
    }
    return render(request, "home/index.html", {"held": held})
