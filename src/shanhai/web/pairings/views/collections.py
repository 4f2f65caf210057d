"""Collections: list, make, rename, take sources out, delete."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shanhai.ledger import access
from shanhai.ledger.actions.collections import delete_collection, make_collection, rename_collection, take_out
from shanhai.ledger.errors import NotPossible
from shanhai.ledger.queries.pairings import collections, require_filing, sources_of
from shanhai.web.frame.refusing import told
from shanhai.web.links import source_path
from shanhai.web.pairings.forms import CollectionForm, NameForm
from shanhai.web.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: Request) -> HttpResponse:
    """The collections; a form sent here makes one."""
    require_filing(request.actor)
    form = CollectionForm(request.POST or None)
    if form.is_valid():
        try:
            made = make_collection(form.cleaned_data["key"], form.cleaned_data["name"], actor=request.actor)
        except NotPossible as refusal:
            form.add_error("key", told(refusal))
        else:
            messages.success(request, _("已建立专题“%(name)s”。") % {"name": made.name})
            return redirect("pairings:collections")
    page = Paginator(collections(request.actor), 50).get_page(request.GET.get("page"))
    return render(request, "pairings/collections.html", {"page": page, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def collection(request: Request, key: str) -> HttpResponse:
    """One collection with its sources; a form sent here gives it another name."""
    require_filing(request.actor)
    found = access.access_collection(request.actor, key)
    form = NameForm(request.POST or None, initial={"name": found.name})
    if form.is_valid():
        try:
            rename_collection(found, form.cleaned_data["name"], actor=request.actor)
        except NotPossible as refusal:
            form.add_error("name", told(refusal))
        else:
            messages.success(request, _("已改名。"))
            return redirect("pairings:collection", key)
    page = Paginator(sources_of(request.actor, found), 50).get_page(request.GET.get("page"))
    rows = [(source, source_path(source.sha256)) for source in page]
    return render(
        request, "pairings/collection.html", {"collection": found, "page": page, "rows": rows, "form": form}
    )


@require_POST
def take_out_source(request: Request, key: str) -> HttpResponse:
    """Take a source out; it stays in the ledger."""
    found = access.access_collection(request.actor, key)
    source = access.access_source(request.actor, request.POST.get("source", ""))
    take_out(found, [source], actor=request.actor)
    messages.success(request, _("已移出专题，来源仍在账本里。"))
    return redirect("pairings:collection", key)


@require_POST
def delete(request: Request, key: str) -> HttpResponse:
    """Delete a collection; its sources stay in the ledger."""
    found = access.access_collection(request.actor, key)
    delete_collection(found, actor=request.actor, reason=request.POST.get("reason", "")[:1000])
    messages.success(request, _("专题已删除，其中的来源仍在账本里。"))
    return redirect("pairings:collections")
