"""Both shares of 80 %, and what if a project were left out, classed otherwise or added; the whole state is in the address."""

from decimal import Decimal
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shanhai.ledger import access
from shanhai.ledger.models import Pairing
from shanhai.programme.kinds.projects import LEVEL, LIVELIHOOD
from shanhai.programme.models import Livelihood, Project, Term
from shanhai.programme.queries.boards.shares import Basis, Changes, Weighed, meter_of
from shanhai.programme.values import Amount, Context, Share, Unreadable
from shanhai.web.boards import words
from shanhai.web.boards.asked import day_of, word_of
from shanhai.web.boards.shown_shares import shown_shares
from shanhai.web.boards.views.leader import context_of
from shanhai.web.frame.templatetags.frame import both
from shanhai.web.requests import Request

MOST = 20
"""Suppositions at once."""
_LEVELS = {str(o.value): o for o in LEVEL.options}
_LIVELIHOODS = {str(o.value): o for o in LIVELIHOOD.options}


@require_safe
def show(request: Request, pairing: str) -> HttpResponse:
    """The meter as it is, and as it would be."""
    own, day = access.access_pairing(request.actor, pairing), day_of(request.GET)
    asked = request.GET.copy()
    faults: dict[str, str] = {}
    if asked.get("do") in ("drop", "class", "add"):
        told = _told(own, asked, faults)
        if told:
            kept = _kept(asked)
            kept.appendlist(str(asked["do"]), told)
            return redirect(f"{request.path}?{kept.urlencode()}")
    basis = word_of(asked, "basis", Basis) or Basis.PLANNED
    terms = list(Term.objects.filter(pairing=own, withdrawn=False).order_by("batch", "starts"))
    term = word_of(asked, "term", [t.key for t in terms]) or ""
    changes, supposed = _changes(own, asked)
    context = context_of(own, day, "shares") | {
        "basis": basis,
        "bases": words.BASES.items(),
        "terms": terms,
        "term": term,
        "shares": shown_shares(meter_of(own, basis, day=day, term=term)),
        "after": shown_shares(meter_of(own, basis, day=day, term=term, changes=changes)) if changes else None,
        "supposed": supposed,
        "faults": faults,
        "asked": asked,
        "kept": [(name, value) for name, values in _kept(asked).lists() for value in values],
        "without": _without(asked),
        "levels": [(key, both(o.zh, o.en)) for key, o in _LEVELS.items()],
        "livelihoods": [(key, both(o.zh, o.en)) for key, o in _LIVELIHOODS.items()],
        "full": len(supposed) >= MOST,
    }
    return render(request, "boards/shares.html", context)


def _kept(asked: QueryDict) -> QueryDict:
    """What of the address stays when a supposition is added."""
    kept = QueryDict(mutable=True)
    for name in ("day", "basis", "term", "drop", "class", "add"):
        for value in asked.getlist(name)[:MOST]:
            if value:
                kept.appendlist(name, value)
    return kept


def _without(asked: QueryDict) -> str:
    kept = _kept(asked)
    for name in ("drop", "class", "add"):
        kept.pop(name, None)
    return kept.urlencode()


def _told(own: Pairing, asked: QueryDict, faults: dict[str, str]) -> str:
    """A supposition of the form as the address keeps it; "" where something in it cannot be."""
    do, key = asked["do"], asked.get("project", "").strip()
    level, livelihood = asked.get("level", ""), asked.get("livelihood", "")
    share = _read_share(asked.get("share", ""), livelihood, faults)
    if do in ("drop", "class"):
        if not Project.objects.filter(pairing=own, key=key, withdrawn=False).exists():
            faults["project"] = _("台账中没有编号为“%s”的项目。请核对编号。") % key[:24]
        if do == "class" and not (level in _LEVELS or livelihood in _LIVELIHOODS):
            faults["level"] = _("请选择受益层级或民生属性。")
        if faults:
            return ""
        return key if do == "drop" else f"{key}:{level}:{livelihood}:{share}"
    try:
        amount = Amount().read(asked.get("amount", ""), Context())
    except Unreadable as error:
        amount, faults["amount"] = None, both(error.zh, error.en)
    if not amount:
        faults.setdefault("amount", _("请填写金额，如1200000或120万元。"))
    if level not in _LEVELS or livelihood not in _LIVELIHOODS:
        faults["level"] = _("新增项目须选受益层级和民生属性。")
    return "" if faults else f"{amount}:{level}:{livelihood}:{share}"


def _read_share(text: str, livelihood: str, faults: dict[str, str]) -> str:
    if livelihood != Livelihood.PART:
        return ""
    try:
        share = Share().read(text, Context())
    except Unreadable as error:
        faults["share"] = both(error.zh, error.en)
        return ""
    if share is None:
        faults["share"] = _("部分民生须写民生占比，如35%。")
    return "" if share is None else f"{share:f}"


def _changes(own: Pairing, asked: QueryDict) -> tuple[Changes, list[dict[str, Any]]]:
    """The suppositions of the address; parts that cannot be read are left out."""
    dropped = tuple(key for key in asked.getlist("drop")[:MOST] if key)
    classed = [(told, one) for told in asked.getlist("class")[:MOST] if (one := _classed(told))]
    added = [(told, one) for told in asked.getlist("add")[:MOST] if (one := _added(told))]
    keys = [*dropped, *(one.key for _told, one in classed)]
    names = dict(Project.objects.filter(pairing=own, key__in=keys).values_list("key", "name")) if keys else {}
    kept = _kept(asked)
    supposed = [
        *({"do": _("不做"), "what": f"{key} {names.get(key, '')}", "less": _less(kept, "drop", key)} for key in dropped),
        *(
            {"do": _("改类"), "what": f"{one.key} {names.get(one.key, '')}：{_classes(one)}", "less": _less(kept, "class", told)}
            for told, one in classed
        ),
        *(
            {"do": _("新增"), "what": f"{words.shown(one.amount)} {words.money_unit()}：{_classes(one)}", "less": _less(kept, "add", told)}
            for told, one in added
        ),
    ]  # fmt: skip
    return Changes(
        dropped, tuple(one for _told, one in classed), tuple(one for _told, one in added)
    ), supposed


def _less(kept: QueryDict, name: str, value: str) -> str:
    """The address without one supposition."""
    rest = kept.copy()
    rest.setlist(name, [v for v in kept.getlist(name) if v != value])
    return rest.urlencode()


def _classes(one: Weighed) -> str:
    share = Share().shown(one.share)
    told = [_LEVELS.get(one.level), _LIVELIHOODS.get(one.livelihood)]
    return "，".join(filter(None, [*(both(o.zh, o.en) for o in told if o), share]))


def _classed(told: str) -> Weighed | None:
    key, _, rest = told.partition(":")
    parts = _parts(rest)
    return Weighed(key, "", Decimal(0), *parts) if key and parts and (parts[0] or parts[1]) else None


def _added(told: str) -> Weighed | None:
    amount_told, _, rest = told.partition(":")
    parts = _parts(rest)
    try:
        amount = Amount().read(amount_told, Context())
    except Unreadable:
        return None
    return Weighed("", "", amount, *parts) if amount and parts and parts[0] and parts[1] else None


def _parts(rest: str) -> tuple[str, str, Decimal | None] | None:
    level, _, rest = rest.partition(":")
    livelihood, _, told = rest.partition(":")
    try:
        share = Share().read(told, Context())
    except Unreadable:
        return None
    if level not in ("", *_LEVELS) or livelihood not in ("", *_LIVELIHOODS):
        return None
    if (livelihood == Livelihood.PART) is (share is None):
        return None
    return level, livelihood, share
