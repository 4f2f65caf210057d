"""Pairings, and the files that one exchanges: made here, taken from the other side."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shanhai.ledger import access
from shanhai.ledger.errors import NotPossible
from shanhai.ledger.models import Pairing
from shanhai.ledger.rights import Right
from shanhai.programme.actions import exchange
from shanhai.programme.exchange.file import MOST_BYTES, require_size
from shanhai.programme.exchange.keys import SigningKey, fingerprint
from shanhai.programme.exchange.lines import Side
from shanhai.programme.models import ExchangeFile
from shanhai.programme.queries import exchange as queries
from shanhai.web.exchange.forms import ExportForm, TakeForm
from shanhai.web.exchange.wording import side
from shanhai.web.frame.refusing import told
from shanhai.web.requests import Request


@require_safe
def index(request: Request) -> HttpResponse:
    """The pairings that the account sees; straight to the one where there is one only."""
    pairings = list(access.pairings(request.actor))
    if len(pairings) == 1:
        return redirect("exchange:pairing", pairings[0].key)
    return render(request, "exchange/index.html", {"pairings": pairings})


@require_safe
def pairing(request: Request, pairing: str) -> HttpResponse:
    """The files of a pairing, what can be compared, and the two forms."""
    return _page(request, access.access_pairing(request.actor, pairing))


@require_POST
def export(request: Request, pairing: str) -> HttpResponse:
    """Make this side's file."""
    found = access.access_pairing(request.actor, pairing, Right.RECORD)
    form = _export_form(request, found)
    if form.is_valid():
        told_of = form.cleaned_data
        try:
            file = exchange.export(
                found,
                Side(told_of["side"]),
                told_of["starts"],
                told_of["ends"],
                told_of["office"],
                key=signing_key(),
                actor=request.actor,
                at=timezone.now(),
            )
        except NotPossible as refused:
            form.add_error(None, told(refused))
        else:
            messages.success(request, _("已导出%(n)s行。请下载文件，交给对方。") % {"n": file.lines})
            return redirect("exchange:pairing", found.key)
    return _page(request, found, export=form, status=422)


@require_POST
def take(request: Request, pairing: str) -> HttpResponse:
    """Take the other side's file."""
    found = access.access_pairing(request.actor, pairing, Right.RECORD)
    form = TakeForm(request.POST, request.FILES, known=queries.accepted(found) is not None)
    try:
        if getattr(request, "too_large", ()):
            require_size(max(settings.SHANHAI_UPLOAD_BYTES, MOST_BYTES) + 1)
        if form.is_valid():
            sent = form.cleaned_data["file"]
            require_size(sent.size)
            trust = exchange.Trust(form.cleaned_data["fingerprint"], bool(form.cleaned_data.get("replace")))
            file = exchange.receive(
                found,
                sent.read(),
                trust,
                own=signing_key().public,
                actor=request.actor,
                at=timezone.now(),
            )
            is_notes = file.holds == ExchangeFile.Holds.NOTES
            messages.success(
                request,
                _("已导入对方的说明。")
                if is_notes
                else _("已导入对方的台账，共%(n)s行。") % {"n": file.lines},
            )
            return redirect("exchange:pairing", found.key)
    except NotPossible as refused:
        form.errors.pop("file", None)
        form.add_error("file", told(refused))
    return _page(request, found, take=form, status=422)


@require_safe
def download(request: Request, pairing: str, sha256: str) -> HttpResponse:
    """The bytes of a file, as they were signed."""
    found = access.access_pairing(request.actor, pairing, Right.EXPORT)
    file = queries.access_file(request.actor, found, sha256, Right.EXPORT)
    response = HttpResponse(queries.data_of(file), content_type="application/x-ndjson")
    what = "台账" if file.holds == ExchangeFile.Holds.REGISTER else "说明"
    name = f"对账{what}-{found.name_zh}-{file.get_side_display()}-{file.starts}至{file.ends}.jsonl"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def signing_key() -> SigningKey:
    """This ledger's key."""
    return SigningKey.beside(settings.LEDGER_FILE)


def _export_form(request: Request, pairing: Pairing) -> ExportForm:
    last = ExchangeFile.objects.filter(pairing=pairing, own=True).order_by("-pk").first()
    return ExportForm(
        request.POST if request.method == "POST" else None,
        side=Side(last.side) if last else None,
        office=last.office if last else "",
        today=timezone.localdate(),
    )


def _page(
    request: Request,
    pairing: Pairing,
    *,
    export: ExportForm | None = None,
    take: TakeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    files = queries.registers(request.actor, pairing)
    key = queries.accepted(pairing)
    may_record = request.actor.may(Right.RECORD, pairing.pk)
    context = {
        "pairing": pairing,
        "files": [(f, side(f.side)) for f in files],
        "pairs": queries.pairs(files),
        "key": key,
        "their_fingerprint": fingerprint(key.public) if key else "",
        "may_record": may_record,
        "may_export": request.actor.may(Right.EXPORT, pairing.pk),
        "here": "files",
    }
    if may_record:
        context["fingerprint"] = fingerprint(signing_key().public)
        if export is None:
            last = next((f for f in files if f.own), None)
            export = ExportForm(
                side=Side(last.side) if last else None,
                office=last.office if last else "",
                today=timezone.localdate(),
            )
        context["export"] = export
        context["take"] = take or TakeForm(known=key is not None)
    return render(request, "exchange/pairing.html", context, status=status)
