"""Pairings: list, make, change."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shanhai.ledger import access
from shanhai.ledger.actions.pairings import change_pairing, make_pairing
from shanhai.ledger.errors import NotPossible, UnclearPlace
from shanhai.ledger.queries.pairings import pairings
from shanhai.ledger.rights import Right
from shanhai.web.frame.refusing import told
from shanhai.web.pairings.forms import DetailsForm, PairingForm
from shanhai.web.requests import Request


@require_safe
def index(request: Request) -> HttpResponse:
    """The pairings that the account may keep."""
    words = request.GET.get("name", "").strip()
    page = Paginator(pairings(request.actor, words), 50).get_page(request.GET.get("page"))
    may_make = request.actor.may(Right.FILE)
    return render(request, "pairings/index.html", {"page": page, "name": words, "may_make": may_make})


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: Request) -> HttpResponse:
    """Make a pairing."""
    request.actor.require(Right.FILE)
    form = PairingForm(request.POST or None)
    if form.is_valid():
        try:
            pairing = make_pairing(form.cleaned_data["key"], form.details(), actor=request.actor)
        except UnclearPlace as unclear:
            form.ask(unclear)
        except NotPossible as refusal:
            form.add_error(None, told(refusal))
        else:
            messages.success(request, _("已建立结对“%(name)s”。") % {"name": pairing.name_zh})
            return redirect("pairings:index")
    return render(request, "pairings/pairing.html", {"form": form, "pairing": None})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, key: str) -> HttpResponse:
    """Change a pairing's names or places."""
    pairing = access.access_pairing(request.actor, key, Right.FILE)
    form = DetailsForm(request.POST or None, pairing=pairing)
    if form.is_valid():
        try:
            change_pairing(pairing, form.details(), actor=request.actor)
        except UnclearPlace as unclear:
            form.ask(unclear)
        except NotPossible as refusal:
            form.add_error(None, told(refusal))
        else:
            messages.success(request, _("已保存。受援地有变时，请重建事实与问题。"))
            return redirect("pairings:index")
    return render(request, "pairings/pairing.html", {"form": form, "pairing": pairing})
