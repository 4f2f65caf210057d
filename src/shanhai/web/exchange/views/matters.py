"""Matters: what the office adds to one, and what successors have taken over."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shanhai.ledger import access
from shanhai.ledger.errors import NotPossible
from shanhai.ledger.rights import Right
from shanhai.programme.access import access_record
from shanhai.programme.actions.records import Told, put, withdraw
from shanhai.programme.kinds.terms import MATTER
from shanhai.programme.models import OpenMatter
from shanhai.web.exchange import wording as words
from shanhai.web.exchange.forms import MatterForm
from shanhai.web.exchange.subjects import address_of
from shanhai.web.frame.refusing import told
from shanhai.web.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def matter(request: Request, pairing: str, key: str, matter: str) -> HttpResponse:
    """Complete a matter of a list, or take it off."""
    found = access.access_pairing(request.actor, pairing, Right.RECORD)
    record = access_record(request.actor, MATTER, found, matter, Right.RECORD)
    assert isinstance(record, OpenMatter)
    key = record.handover.key
    names = ("summary", "due", "successor", "note")
    form = MatterForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(record, name) for name in names},
        term=record.handover.to_term,
    )
    try:
        if "off" in request.POST:
            withdraw(MATTER, found, matter, actor=request.actor, why=request.POST.get("why", ""))
            messages.success(request, _("已从清单拿下%(key)s。") % {"key": matter})
            return redirect("exchange:handover", found.key, key)
        if form.is_valid():
            seen = int(request.POST["revision"]) if request.POST.get("revision", "").isdecimal() else None
            put(MATTER, found, Told(matter, form.cleaned_data, revision=seen), actor=request.actor)
            messages.success(request, _("已保存%(key)s。") % {"key": matter})
            return redirect("exchange:handover", found.key, key)
    except NotPossible as refused:
        form.add_error(None, told(refused))
    context = {
        "pairing": found,
        "key": key,
        "matter": record,
        "form": form,
        "address": address_of(found.key, record.about),
        "here": "handovers",
    }
    return render(request, "exchange/matter.html", context, status=422 if form.errors else 200)


@require_safe
def taken(request: Request, pairing: str) -> HttpResponse:
    """The matters of signed lists by who took them over, with their state."""
    found = access.access_pairing(request.actor, pairing)
    state, who = request.GET.get("state", ""), request.GET.get("successor", "")
    signed = OpenMatter.objects.filter(pairing=found, withdrawn=False).exclude(handover__signed="")
    people = request.actor.may(Right.PEOPLE, found.pk)
    everyone = signed.exclude(successor=None).values_list("successor__key", "successor__name")
    rows = signed.select_related("successor", "handover").order_by(F("due").asc(nulls_last=True), "pk")
    if state in OpenMatter.State.values:
        rows = rows.filter(state=state)
    if who:
        rows = rows.filter(successor__key=who)
    page = Paginator(rows, 100).get_page(request.GET.get("page"))
    context = {
        "pairing": found,
        "page": page,
        "rows": [(m, address_of(found.key, m.about), words.state(m.state)) for m in page],
        "states": [(value, words.state(value)) for value in OpenMatter.State.values],
        "successors": sorted(
            (key, f"{name}（{key}）" if people else key) for key, name in set(everyone.order_by())
        ),
        "chosen": {"state": state, "successor": who},
        "may_record": request.actor.may(Right.RECORD, found.pk),
        "may_see_people": people,
        "here": "taken",
    }
    return render(request, "exchange/taken.html", context)


@require_POST
def state(request: Request, pairing: str, matter: str) -> HttpResponse:
    """Say how far a matter is."""
    found = access.access_pairing(request.actor, pairing, Right.RECORD)
    now = request.POST.get("state", "")
    if now not in OpenMatter.State.values:
        raise NotPossible("请选择一个状态。", "Choose a state.")
    put(MATTER, found, Told(matter, {"state": now}), actor=request.actor)
    messages.success(request, _("%(key)s的状态已更新。") % {"key": matter})
    kept = request.GET.urlencode()
    response = redirect("exchange:taken", found.key)
    if kept:
        response["Location"] += f"?{kept}"
    return response
