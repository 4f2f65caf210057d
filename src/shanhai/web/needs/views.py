"""What the receiving side asks for and the sending side can give, side by side; matched and followed up."""

import datetime
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shanhai.catalogue.areas import load_areas
from shanhai.ledger import access
from shanhai.ledger.errors import NotPossible
from shanhai.ledger.models import Pairing
from shanhai.ledger.rights import Right
from shanhai.programme.actions import needs as actions
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import Match, Need
from shanhai.programme.queries.needs import of_pairing
from shanhai.web.frame.refusing import told
from shanhai.web.frame.templatetags.frame import both
from shanhai.web.links import new_record_path, record_path
from shanhai.web.requests import Request

_DIGITS = 10


@require_safe
def index(request: Request) -> HttpResponse:
    """Both columns, and what is under way."""
    among = list(access.pairings(request.actor))
    pairing = next((p for p in among if p.key == request.GET.get("pairing")), among[0] if among else None)
    if pairing is None:
        return render(request, "needs/index.html", {"pairing": None})
    area = request.GET.get("area", "")
    area = area if area in load_areas() else ""
    found = of_pairing(request.actor, pairing, area)
    offers = {offer.key: offer for offer in found.offers}
    context = {
        "pairing": pairing,
        "pairings": [(p.key, both(p.name_zh, p.name_en or p.name_zh)) for p in among],
        "areas": [(key, _area(key)) for key in load_areas()],
        "area": area,
        "needs": [
            _side(pairing, need)
            | _choices([offers[s.offer] for s in found.suggested[need.key]], found.offers)
            for need in found.needs
        ],
        "offers": [_side(pairing, offer) for offer in found.offers],
        "under_way": [_match(pairing, one) for one in found.under_way],
        "ended": [_match(pairing, one) for one in found.ended],
        "states": _states(),
        "may_record": request.actor.may(Right.RECORD, pairing.pk),
        "new": new_record_path(pairing.key, "need"),
    }
    return render(request, "needs/index.html", context)


@require_POST
def match(request: Request, pairing: str) -> HttpResponse:
    """Bring a need and an offer together."""
    found = access.access_pairing(request.actor, pairing, Right.RECORD)
    try:
        made = actions.bring_together(
            found,
            request.POST.get("need", ""),
            request.POST.get("offer", ""),
            actor=request.actor,
            due=_day(request),
        )
    except NotPossible as refused:
        messages.warning(request, told(refused))
    else:
        messages.success(request, _("已登记对接%s。") % made.key)
    return _back(request, pairing)


@require_POST
def follow(request: Request, pairing: str, key: str) -> HttpResponse:
    """Say how far a match is."""
    found = access.access_pairing(request.actor, pairing, Right.RECORD)
    revision = request.POST.get("revision", "")
    try:
        actions.follow_up(
            found,
            key,
            request.POST.get("state", ""),
            request.POST.get("note", ""),
            actor=request.actor,
            project=request.POST.get("project"),
            revision=int(revision) if revision.isdecimal() and len(revision) < _DIGITS else None,
        )
    except NotPossible as refused:
        messages.warning(request, told(refused))
    else:
        messages.success(request, _("已更新。"))
    return _back(request, pairing)


def _choices(fitting: list[Need], offers: Sequence[Need]) -> dict[str, Any]:
    """The offers that may be chosen for a need: those that may fit first, then all others."""
    return {"fitting": fitting, "others": [o for o in offers if o not in fitting]}


def _back(request: Request, pairing: str) -> HttpResponse:
    area = request.POST.get("area", "")
    wanted = {"pairing": pairing} | ({"area": area} if area in load_areas() else {})
    return HttpResponseRedirect(f"{reverse('needs:index')}?{urlencode(wanted)}")


def _day(request: Request) -> datetime.date | None:
    """The day until which it shall be done.

    Raises:
        NotPossible: it is no day.
    """
    text = request.POST.get("due", "").strip()
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise NotPossible(
            f"期限“{text[:20]}”不是日期。请写成 2024-06-30。",
            f"“{text[:20]}” is no day. Write it as 2024-06-30.",
        ) from None


def _side(pairing: Pairing, need: Need) -> dict[str, Any]:
    field = KINDS["need"].field("quantity").value
    return {
        "record": need,
        "path": record_path(pairing.key, "need", need.key),
        "area": _area(need.area),
        "places": KINDS["need"].field("places").value.shown(need.places, _english()),
        "quantity": f"{field.shown(need.quantity)}{need.unit}" if need.quantity is not None else "",
        "late": _is_late(need.due),
    }


def _match(pairing: Pairing, one: Match) -> dict[str, Any]:
    return {
        "record": one,
        "path": record_path(pairing.key, "match", one.key),
        "need": record_path(pairing.key, "need", one.need.key),
        "offer": record_path(pairing.key, "need", one.offer.key),
        "state": dict(_states()).get(one.state, one.state),
        "project": record_path(pairing.key, "project", one.project.key) if one.project else "",
        "late": _is_late(one.due),
    }


def _is_late(due: datetime.date | None) -> bool:
    return due is not None and due < timezone.localdate()


def _states() -> list[tuple[str, str]]:
    options = KINDS["match"].field("state").value.options  # type: ignore[attr-defined]
    return [(o.value, o.en if _english() else o.zh) for o in options]


def _area(key: str) -> str:
    area = load_areas().get(key)
    return (area.name_en if _english() else area.name_zh) if area else key


def _english() -> bool:
    return (get_language() or "zh").startswith("en")
