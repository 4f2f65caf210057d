"""A record is entered or changed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shanhai.ledger.errors import Conflict, NotPossible
from shanhai.ledger.rights import Right
from shanhai.programme.actions.records import EVIDENCE, Told, put
from shanhai.programme.models import Record
from shanhai.web.links import register_path
from shanhai.web.register.entering import Place, enter, enter_record
from shanhai.web.register.forms import RecordForm, indicators
from shanhai.web.register.shown import label, name_of, title
from shanhai.web.requests import Request
from shanhai.web.undoing import last_number, undo_link

_FORM = ["GET", "HEAD", "POST"]


@require_http_methods(_FORM)
def new(request: Request, pairing: str, kind: str) -> HttpResponse:
    """Enter a record; another of the same sort afterwards, where that is wanted."""
    place = enter(request, pairing, kind, Right.RECORD)
    like = _there(place, request.GET.get("like", ""))
    given = {f.name: request.GET[f.name] for f in place.kind.fields if f.name in request.GET}
    form = RecordForm(request.POST or None, place.kind, place.pairing, like=like, given=given)
    if form.is_valid():
        key = form.cleaned_data["key"]
        if key and _there(place, key, withdrawn=True):
            form.add_error("key", _("这个编号已经有了。请换一个，或去修改那一条。"))
        else:
            made = _put(request, place, form, key, 0)
            if made is not None:
                return _done(request, place, made)
    return _page(request, place, form, None)


@require_http_methods(_FORM)
def edit(request: Request, pairing: str, kind: str, key: str) -> HttpResponse:
    """Change a record."""
    place, record = enter_record(request, pairing, kind, key, Right.RECORD)
    form = RecordForm(request.POST or None, place.kind, place.pairing, record)
    if record.withdrawn:
        messages.warning(request, _("该记录已撤下。请先恢复它再改。"))
        return redirect(place.path(record))
    if form.is_valid():
        before = last_number()
        made = _put(request, place, form, record.key, form.cleaned_data["revision"])
        if made is not None:
            undo = undo_link(request.actor, place.kind, place.pairing, [made.key], after=before)
            messages.success(request, format_html("{} {}", _("已保存。"), undo))
            return redirect(place.path(made))
    return _page(request, place, form, record)


def _put(request: Request, place: Place, form: RecordForm, key: str, revision: int) -> Record | None:
    """The record as it was stored; None where the form tells what is wrong."""
    told = Told(key, form.values(), form.cleaned_data[EVIDENCE], revision)
    try:
        why = form.cleaned_data.get("why", "")
        return put(place.kind, place.pairing, told, actor=request.actor, why=why)
    except Conflict as conflict:
        form.refuse(conflict)
        if stands := _there(place, key, withdrawn=True):
            form.show_now(stands)
    except NotPossible as refusal:
        form.refuse(refusal)
    return None


def _there(place: Place, key: str, *, withdrawn: bool = False) -> Record | None:
    """The record of a number in this place; the gate was passed with the place."""
    rows: Any = place.kind.model._default_manager.filter(pairing=place.pairing, key=key)
    found: Record | None = (rows if withdrawn else rows.filter(withdrawn=False)).first() if key else None
    return found


def _done(request: Request, place: Place, made: Record) -> HttpResponse:
    link = format_html('<a href="{}">{}</a>', place.path(made), title(made))
    undo = undo_link(request.actor, place.kind, place.pairing, [made.key])
    messages.success(request, format_html("{} {} {}", _("已登记："), link, undo))
    if request.POST.get("then") == "another":
        return redirect(register_path(place.pairing.key, place.kind.name) + "new/?like=" + made.key)
    return redirect(place.path(made))


def _page(request: Request, place: Place, form: RecordForm, record: Record | None) -> HttpResponse:
    context = {
        "place": place,
        "form": form,
        "record": record,
        "name": name_of(record) if record else "",
        "kind": label(place.kind),
        "indicators": indicators() if "indicator" in form.fields else (),
        "back": place.path(record) if record else place.list,
    }
    return render(request, "register/form.html", context, status=422 if form.errors else 200)
