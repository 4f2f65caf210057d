"""Both shares of 80 %, and what if a project were left out, classed otherwise or added; the whole state is in the address."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shanhai.ledger import access
from shanhai.ledger.models import Pairing
from shanhai.programme.kinds.projects import LEVEL, LIVELIHOOD
from shanhai.programme.models import Livelihood, Project, Term
from shanhai.programme.shares.credit import Why
from shanhai.programme.shares.held import Basis
from shanhai.programme.shares.reading import Measured, Scope, meters, stored, supposed
from shanhai.programme.shares.refused import refused, told_of
from shanhai.programme.shares.what_if import Added, Change, Dropped, Reclassified
from shanhai.programme.values import Amount, Context, Share, Unreadable
from shanhai.web.boards import words
from shanhai.web.boards.asked import day_of, page_of, word_of
from shanhai.web.boards.shown_shares import shown_shares
from shanhai.web.boards.views.leader import context_of
from shanhai.web.frame.templatetags.frame import both
from shanhai.web.requests import Request

MOST = 20
"""Suppositions at once."""
SIZE = 25
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
    terms: list[Term] = list(Term.objects.filter(pairing=own, withdrawn=False).order_by("batch", "starts"))
    term = next((t for t in terms if t.key == asked.get("term")), None)
    scope = Scope(own, basis, term=term)
    standing = stored(scope)
    changes, chips = _changes(own, asked)
    now = shown_shares(meters(scope, day, day, standing))
    context = context_of(own, day, "shares") | {
        "basis": basis,
        "basis_word": words.BASES[basis],
        "bases": words.BASES.items(),
        "terms": terms,
        "term": term.key if term else "",
        "shares": now,
        "after": _after(scope, standing, changes, day, now),
        "supposed": chips,
        "faults": faults,
        "asked": asked,
        "kept": [(name, value) for name, values in _kept(asked).lists() for value in values],
        "without": _without(asked),
        "levels": [(key, both(o.zh, o.en)) for key, o in _LEVELS.items()],
        "livelihoods": [(key, both(o.zh, o.en)) for key, o in _LIVELIHOODS.items()],
        "full": len(chips) >= MOST,
        **_refused(scope, asked),
    }
    return render(request, "boards/shares.html", context)


def _after(
    scope: Scope, standing: Measured, changes: Sequence[Change], day: datetime.date, now: dict[str, Any]
) -> dict[str, Any] | None:
    """Both shares as they would be; None where nothing is supposed."""
    if not changes:
        return None
    after = shown_shares(meters(scope, day, day, supposed(scope, standing, changes)))
    return after | {"same_refused": after["refused"] == now["refused"]}


def _refused(scope: Scope, asked: QueryDict) -> dict[str, Any]:
    """The projects that are refused for the reason that is asked for."""
    why = word_of(asked, "refused", Why)
    if why is None or why is Why.NO_PROJECT:
        return {"why": ""}
    page = page_of(refused(scope, why), asked, SIZE)
    told = told_of(scope, why, page)
    return {
        "why": str(why),
        "why_word": words.REFUSALS[why],
        "page": page,
        "refused": [(one, both(*one.said())) for one in told],
    }


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
        if not _standing(own, [key]).exists():
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


def _changes(own: Pairing, asked: QueryDict) -> tuple[list[Change], list[dict[str, Any]]]:
    """The suppositions of the address, each once a project; what cannot be read, or is of no project, is left out."""
    dropped = list(dict.fromkeys(key for key in asked.getlist("drop")[:MOST] if key))
    told = {one.key: (text, one) for text in asked.getlist("class")[:MOST] if (one := _classed(text))}
    keys = [*dropped, *told]
    names = dict(_standing(own, keys).values_list("key", "name")) if keys else {}
    dropped = [key for key in dropped if key in names]
    classed = [told[key] for key in told if key in names and key not in dropped]
    added = [(text, new) for text in asked.getlist("add")[:MOST] if (new := _added(text))]
    kept = _kept(asked)
    chips = [
        *({"do": _("不做"), "what": f"{key} {names[key]}", "less": _less(kept, "drop", key)} for key in dropped),
        *(
            {"do": _("改类"), "what": f"{one.key} {names[one.key]}：{_classes(one)}", "less": _less(kept, "class", text)}
            for text, one in classed
        ),
        *(
            {"do": _("新增"), "what": f"{words.shown(new.amount)} {words.money_unit()}：{_classes(new)}", "less": _less(kept, "add", text)}
            for text, new in added
        ),
    ]  # fmt: skip
    changes: list[Change] = [*map(Dropped, dropped)]
    changes += [one for _text, one in classed]
    changes += [one for _text, one in added]
    return changes, chips


def _standing(own: Pairing, keys: Sequence[str]) -> QuerySet[Project]:
    return Project.objects.filter(pairing=own, key__in=keys, withdrawn=False)


def _less(kept: QueryDict, name: str, value: str) -> str:
    """The address without one supposition."""
    rest = kept.copy()
    rest.setlist(name, [v for v in kept.getlist(name) if v != value])
    return rest.urlencode()


def _classes(one: Added | Reclassified) -> str:
    share = Share().shown(one.livelihood_share)
    told = [_LEVELS.get(one.level or ""), _LIVELIHOODS.get(one.livelihood or "")]
    return "，".join(filter(None, [*(both(o.zh, o.en) for o in told if o), share]))


def _classed(told: str) -> Reclassified | None:
    key, _, rest = told.partition(":")
    parts = _parts(rest)
    if not key or not parts or not (parts[0] or parts[1]):
        return None
    return Reclassified(key, parts[0] or None, parts[1] or None, parts[2])


def _added(told: str) -> Added | None:
    amount_told, _, rest = told.partition(":")
    parts = _parts(rest)
    try:
        amount = Amount().read(amount_told, Context())
    except Unreadable:
        return None
    return Added("", amount, *parts) if amount and parts and parts[0] and parts[1] else None


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
