"""Sheets into the register: choose, send, look at the preview, take in; templates and tables to take away."""

import io
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shanhai.ledger import access
from shanhai.ledger.actions.uploads import Refusal, clean_name
from shanhai.ledger.errors import NotPossible, NotThere
from shanhai.ledger.models import Pairing
from shanhai.ledger.queries.paging import Total
from shanhai.ledger.rights import Right
from shanhai.programme import access as register
from shanhai.programme.actions.records import context_of
from shanhai.programme.kinds import Kind
from shanhai.programme.sheets.columns import columns_of
from shanhai.programme.sheets.preview import State
from shanhai.publishing.register import write_template
from shanhai.publishing.register.table import columns_with_links, rows_with_links
from shanhai.publishing.sheets import MEDIA_TYPES, Format
from shanhai.reading.grids import MOST_ROWS
from shanhai.web import apart, background, exports
from shanhai.web.frame.refusing import told
from shanhai.web.imports import working
from shanhai.web.imports.kept import A_PAGE, BAD, File, access_file, files, keep
from shanhai.web.imports.trying import take_in, tried
from shanhai.web.links import record_path, undo_path
from shanhai.web.requests import Request
from shanhai.web.shelves import KEPT


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: Request) -> HttpResponse:
    """The form that takes a file, and the files of the last day."""
    if not request.actor.may_somewhere(Right.RECORD) or request.actor.user_id is None:
        request.actor.require(Right.RECORD)
        raise NotPossible("导入表格需要登录。", "Sign in to import sheets.")
    if request.method != "POST":
        return _form(request)
    pairing, kind = _chosen(request)
    try:
        file = _sent(request, kind, pairing)
    except NotPossible as e:
        return _form(request, 422, fault=told(e))
    if file.sent.large:
        _begin(request, file)
    else:
        _try(request, file, kind, pairing, hidden=False)
    return HttpResponseRedirect(reverse("imports:one", args=[file.sent.token]))


@require_GET
def one(request: Request, token: str) -> HttpResponse:
    """The preview of a file, or what was taken in; as long as it is worked on, how far that is."""
    file = access_file(request.actor, token)
    work, english = working.state(file), _english()
    if work.stage != working.DONE or not file.has_preview:
        context = {**_about(request, file), "work": work, "fault": (work.zh, work.en)[english]}
        return render(request, "imports/working.html", context)
    shown = file.shown
    counts = {state.value: shown.counts.get(state.value, 0) for state in State}
    wanted = request.GET.get("show", "")
    if wanted not in counts:
        wanted = next((s for s in ("bad", "changed", "new", "hidden", "same") if counts[s]), "same")
    page = Paginator(range(counts[wanted]), A_PAGE).get_page(request.GET.get("page"))
    context = {
        **_about(request, file),
        "shown": shown,
        "has_rows": any(counts.values()),
        "fault": (work.zh, work.en)[english],
        "has_changed": work.changed or request.GET.get("changed"),
        "notes": [(place, (zh, en)[english], refused) for place, zh, en, refused in shown.notes],
        "counts": [(state, label, counts[state]) for state, label in _labels()],
        "wanted": wanted,
        "page": page,
        "rows": file.rows(wanted, page.number),
        "good": counts["new"] + counts["changed"],
        "bad": counts["bad"],
        "english": english,
        "has_mend": (file.folder / BAD).is_file(),
        "may_have_hidden": shown.hidden or counts["hidden"] or any("隐藏" in note[1] for note in shown.notes),
        "taken": file.taken,
        "undo": undo_path(file.taken.entry) if file.taken else "",
        "deleted_at": file.sent.at + KEPT,
    }
    return render(request, "imports/one.html", context)


@require_POST
def again(request: Request, token: str) -> HttpResponse:
    """Try a file again, with or without what is hidden in it."""
    file = access_file(request.actor, token)
    if file.sent.large and file.taken is None:
        _begin(request, file, hidden=request.POST.get("hidden") == "on")
    elif file.taken is None:
        _try(request, file, _kind(request, file), _pairing(file), hidden=request.POST.get("hidden") == "on")
    return HttpResponseRedirect(reverse("imports:one", args=[token]))


@require_POST
def take(request: Request, token: str) -> HttpResponse:
    """Take the good rows in, if they are still what was shown; else show the preview anew."""
    file = access_file(request.actor, token)
    back = HttpResponseRedirect(reverse("imports:one", args=[token]))
    if file.taken is not None:
        return back
    if file.sent.large:
        _begin(request, file, hidden=file.shown.hidden, seen=request.POST.get("seen", ""))
        return back
    kind, pairing, hidden = _kind(request, file), _pairing(file), file.shown.hidden
    seen = _try(request, file, kind, pairing, hidden=hidden)
    if seen.digest != request.POST.get("seen"):
        return HttpResponseRedirect(reverse("imports:one", args=[token]) + "?changed=1")
    take_in(file, seen, kind, pairing, actor=request.actor)
    return back


@require_GET
def progress(request: Request, token: str) -> HttpResponse:
    """How far the work on a file is, alone; when it is done, the whole page is asked for anew."""
    file = access_file(request.actor, token)
    work = working.state(file)
    answer = render(request, "imports/parts/progress.html", {"work": work, "token": token})
    if work.stage == working.DONE:
        answer.headers["HX-Refresh"] = "true"
    return answer


@require_GET
def mend(request: Request, token: str) -> FileResponse:
    """The bad rows as a sheet to mend and send again."""
    file = access_file(request.actor, token)
    if not (file.folder / BAD).is_file():
        raise NotThere("没有需要修改的行。", "There are no rows to mend.")
    stem = file.sent.name.rpartition(".")[0] or file.sent.name
    return FileResponse(
        (file.folder / BAD).open("rb"),
        as_attachment=True,
        filename=f"{stem}-{_('待修改')}.xlsx",
        content_type=MEDIA_TYPES[Format.XLSX],
    )


@require_POST
def delete(request: Request, token: str) -> HttpResponse:
    """Throw a file away; not while it is worked on."""
    file = access_file(request.actor, token)
    if working.state(file).stage != working.DONE:
        return HttpResponseRedirect(reverse("imports:one", args=[token]))
    file.delete()
    return HttpResponseRedirect(reverse("imports:index"))


@require_GET
def template(request: Request, kind: str) -> FileResponse:
    """The workbook to fill in for a kind."""
    of = register.access_kind(request.actor, kind)
    stream = io.BytesIO()
    write_template(of, stream)
    stream.seek(0)
    name = f"{of.zh}-{_('模板')}.xlsx"
    return FileResponse(stream, as_attachment=True, filename=name, content_type=MEDIA_TYPES[Format.XLSX])


@require_GET
def table(request: Request, pairing: str, kind: str, ending: str) -> FileResponse:
    """The records of a kind as XLSX or CSV: with the template's columns and links, to be imported again as it is."""
    of = register.access_kind(request.actor, kind)
    of_pairing = access.access_pairing(request.actor, pairing)
    request.actor.require(Right.EXPORT, of_pairing.pk)
    if ending not in (Format.XLSX, Format.CSV):
        raise NotThere("只能导出为 xlsx 或 csv。", "Tables of the register are written as xlsx or csv.")
    records = register.records(request.actor, of).filter(pairing=of_pairing).order_by("key")
    exports.refuse_many(Total(records.count(), False))
    whole = exports.absolute(request)
    rows = rows_with_links(
        of,
        records.iterator(),
        context_of(of_pairing),
        lambda record: whole(record_path(of_pairing.key, of.name, record.key)),
        _english(),
    )
    title = of.many_en.capitalize() if _english() else of.zh
    notes = [(_("结对"), of_pairing.name_zh)]
    return exports.answer(title, columns_with_links(of, _english()), rows, notes, ending)


def _try(request: Request, file: File, kind: Kind, pairing: Pairing, *, hidden: bool) -> Any:
    return tried(file, kind, pairing, hidden=hidden, english=_english(), actor=request.actor)


def _begin(request: Request, file: File, *, hidden: bool = False, seen: str = "") -> None:
    """Let a large file be worked on apart, once what this request wrote is there."""
    assert request.actor.user_id is not None
    order = working.Order(
        background.database(), request.actor.user_id, str(file.folder), _english(), hidden, seen
    )
    transaction.on_commit(lambda: working.start(file, order) and None)


def _sent(request: Request, kind: Kind, pairing: Pairing) -> File:
    """The file that a form sends, read apart and kept."""
    sent = request.FILES.get("file")
    too_large = getattr(request, "too_large", ())
    if too_large:
        refused = apart.too_large(clean_name(too_large[0]))
        raise NotPossible(refused.zh, refused.en)
    if not isinstance(sent, UploadedFile):
        raise NotPossible("请选择文件（.xlsx 或 .csv）。", "Choose a file (.xlsx or .csv).")
    name, data = clean_name(sent.name or ""), sent.read()
    if len(data) > working.LARGE:
        return keep(request.actor, name, kind.name, pairing.pk, data)
    answer = apart.tables(data, name)
    if isinstance(answer, Refusal):
        raise NotPossible(answer.zh, answer.en)
    return keep(request.actor, name, kind.name, pairing.pk, answer.grids)


def _chosen(request: Request) -> tuple[Pairing, Kind]:
    pairing = access.access_pairing(request.actor, request.POST.get("pairing", ""))
    request.actor.require(Right.RECORD, pairing.pk)
    return pairing, register.access_kind(request.actor, request.POST.get("kind", ""))


def _kind(request: Request, file: File) -> Kind:
    return register.access_kind(request.actor, file.sent.kind)


def _pairing(file: File) -> Pairing:
    return Pairing.objects.get(pk=file.sent.pairing)


def _english() -> bool:
    return (get_language() or "").startswith("en")


def _labels() -> tuple[tuple[str, str], ...]:
    return (
        ("bad", _("有问题")),
        ("new", _("新增")),
        ("changed", _("改动")),
        ("same", _("无变化")),
        ("hidden", _("隐藏未取")),
    )


def _about(request: Request, file: File) -> dict[str, Any]:
    kind, pairing = _kind(request, file), _pairing(file)
    return {
        "token": file.sent.token,
        "name": file.sent.name,
        "at": file.sent.at,
        "kind": kind,
        "kind_name": kind.many_en if _english() else kind.zh,
        "pairing": pairing,
        "pairing_name": (_english() and pairing.name_en) or pairing.name_zh,
    }


def _form(request: Request, status: int = 200, **more: Any) -> HttpResponse:
    english = _english()
    kinds = register.kinds(request.actor)
    wanted = request.POST.get("kind") or request.GET.get("kind", "")
    chosen = wanted if wanted in {k.name for k in kinds} else "project"
    context = {
        "pairings": access.pairings(request.actor, Right.RECORD),
        "kinds": [(k.name, k.many_en if english else k.zh) for k in kinds],
        "columns": [
            (
                k.name,
                k.many_en if english else k.zh,
                [c.en if english else c.zh for c in columns_of(k) if c.required],
            )
            for k in kinds
        ],
        "chosen": chosen,
        "chosen_pairing": request.POST.get("pairing") or request.GET.get("pairing", ""),
        "sent": [{**_about(request, file), "taken": file.taken} for file in files(request.actor)],
        "megabytes": apart.allowed().megabytes,
        "most": f"{MOST_ROWS:,}",
    }
    return render(request, "imports/index.html", context | more, status=status)
