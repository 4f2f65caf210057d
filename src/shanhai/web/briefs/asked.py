"""Which pairing and month a page of briefs is about, from its address."""

import datetime

from django.utils import timezone

from shanhai.ledger import access
from shanhai.ledger.models import Pairing
from shanhai.ledger.rights import Right
from shanhai.web.frame.templatetags.frame import both
from shanhai.web.requests import Request


def pairings(request: Request) -> list[Pairing]:
    """The pairings of which the account may report."""
    return list(access.pairings(request.actor, Right.REPORT))


def chosen(request: Request, among: list[Pairing]) -> Pairing | None:
    """The pairing that the address names, else the first; None where there is none."""
    key = request.GET.get("pairing") or request.POST.get("pairing") or ""
    return next((p for p in among if p.key == key), among[0] if among else None)


def month_of(text: str, otherwise: datetime.date | None = None) -> datetime.date:
    """The first day of ``2024-03``; of this month where it says none."""
    try:
        return datetime.datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        return (otherwise or timezone.localdate()).replace(day=1)


def named(pairing: Pairing) -> str:
    """A pairing's name in the reader's language."""
    return str(both(pairing.name_zh, pairing.name_en or pairing.name_zh))
