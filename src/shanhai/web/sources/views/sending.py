"""Sending: files are announced together, each then comes by a request of its own; texts are pasted.

Without scripts all files come in one request and go the same way, one by one.
"""

from typing import Any

import msgspec
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile as Sent
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shanhai.ledger import access
from shanhai.ledger.actions import uploads
from shanhai.ledger.errors import NotAllowed, NotPossible, NotThere
from shanhai.ledger.models import Progress, Upload, UploadedFile
from shanhai.ledger.rights import MEANING, Right
from shanhai.web import apart
from shanhai.web.frame.refusing import told
from shanhai.web.requests import Request
from shanhai.web.sources.sent import Pasted, Whence, origin_of
from shanhai.web.sources.views.standing import rebuild_after

_SHOWN = 1_000


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: Request) -> HttpResponse:
    """The page from which files and texts are sent; takes all files at once where no script sends them."""
    _require_send(request)
    if request.method != "POST":
        return _page(request, Whence(request.actor), Pasted(request.actor))
    form = Whence(request.actor, request.POST)
    files = request.FILES.getlist("files")
    large = _too_large(request)
    if not form.is_valid() or not (files or large):
        fault = "" if files or large else _("请至少选择一个文件。")
        return _page(request, form, Pasted(request.actor), fault=fault, status=422)
    limit = settings.SHANHAI_UPLOAD_BYTES + 1
    named = [uploads.Announced(f.name or "", f.size or 0) for f in files]
    announced = uploads.announce(
        [*named, *(uploads.Announced(name, limit) for name in large)],
        actor=request.actor,
        pairing=form.filed(),
    )
    for waiting, sent in zip(announced.files.order_by("position"), [*files, *large], strict=True):
        _take(request, waiting, sent if isinstance(sent, Sent) else None, form.told_origin())
    rebuild_after(request, announced.pairing)
    return HttpResponseRedirect(reverse("sources:sent", args=[announced.pk]))


@require_POST
def announce_files(request: Request) -> HttpResponse:
    """Note which files are about to come: the rows of them, each with the address to which it is sent."""
    _require_send(request)
    form = Whence(request.actor, request.POST)
    if not form.is_valid():
        return _fault(request, "；".join(str(e) for errors in form.errors.values() for e in errors))
    try:
        files = msgspec.json.decode(request.POST.get("files", ""), type=list[uploads.Announced])
    except msgspec.DecodeError:
        return _fault(request, _("文件清单不完整。请刷新页面后重新选择。"))
    announced = uploads.announce(files, actor=request.actor, pairing=form.filed())
    for file in announced.files.order_by("position"):
        if file.size > settings.SHANHAI_UPLOAD_BYTES:
            uploads.finish(file, apart.too_large(file.name), actor=request.actor)
    return render(request, "sources/parts/files.html", {"upload": announced, "files": _files(announced)})


@require_POST
def send(request: Request, number: int, position: int) -> HttpResponse:
    """Take one file: its row as it is then. A file that has come already stays as it is."""
    found = access.access_upload(request.actor, number)
    file = found.files.select_related("source__report", "upload").filter(position=position).first()
    if file is None:
        raise NotThere("清单中没有这个文件。请重新上传。", "The upload has no such file. Send it again.")
    if file.progress == Progress.WAITING:
        sent = request.FILES.get("file")
        if sent is None and not _too_large(request):
            raise NotPossible(
                f"“{file.name}”没有传到。请重新上传。", f"{file.name} did not arrive. Send it again."
            )
        origin = origin_of(request.POST.get("origin", ""), request.POST.get("publisher", ""))
        _take(request, file, sent, origin)
        if not found.files.filter(progress=Progress.WAITING).exists():
            rebuild_after(request, found.pairing)
    return render(request, "sources/parts/row.html", {"file": _files(found, position)[0], "upload": found})


@require_POST
def paste(request: Request) -> HttpResponse:
    """Take a pasted text."""
    _require_send(request)
    form = Pasted(request.actor, request.POST)
    if not form.is_valid():
        return _page(request, Whence(request.actor), form, status=422)
    data, name = form.as_file()
    announced = uploads.announce(
        [uploads.Announced(name, len(data))], actor=request.actor, pairing=form.filed()
    )
    read = apart.parse(data, name, origin=form.told_origin())
    uploads.finish(announced.files.get(), read, actor=request.actor)
    rebuild_after(request, announced.pairing)
    return HttpResponseRedirect(reverse("sources:sent", args=[announced.pk]))


@require_safe
def progress(request: Request, number: int) -> HttpResponse:
    """The files of one upload, and what became of each."""
    found = access.access_upload(request.actor, number)
    files = _files(found)
    context = {
        "upload": found,
        "files": files,
        "missing": sum(f.progress == Progress.WAITING for f in files),
        "may_send": request.actor.may(Right.SEND, found.pairing_id),
    }
    return render(request, "sources/sent.html", context | _limits())


@require_POST
def again(request: Request, number: int) -> HttpResponse:
    """Take files of an upload that broke off; they are known by name and size. For browsers without scripts."""
    found = access.access_upload(request.actor, number)
    origin = origin_of(request.POST.get("origin", ""), request.POST.get("publisher", ""))
    waiting = {(f.name, f.size): f for f in found.files.filter(progress=Progress.WAITING)}
    strange = []
    for sent in request.FILES.getlist("files"):
        file = waiting.pop((uploads.clean_name(sent.name or ""), sent.size or 0), None)
        if file is None:
            strange.append(uploads.clean_name(sent.name or ""))
        else:
            _take(request, file, sent, origin)
    if strange:
        messages.warning(request, _("不在未传完的清单中，没有收下：%s") % "、".join(strange))
    rebuild_after(request, found.pairing)
    return HttpResponseRedirect(reverse("sources:sent", args=[number]))


@require_POST
def forget(request: Request, number: int) -> HttpResponse:
    """Take the files that never came off the list."""
    found = access.access_upload(request.actor, number)
    try:
        n = uploads.discard(found, actor=request.actor)
    except NotPossible as refused:
        messages.warning(request, told(refused))
    else:
        messages.success(request, _("已从清单中移除%d个未传完的文件。") % n)
    return HttpResponseRedirect(reverse("sources:upload"))


def _take(request: Request, file: UploadedFile, sent: "Sent[bytes] | None", origin: str) -> None:
    """Read a file apart and store it, or why it is refused; without bytes it was too large to be taken."""
    if sent is None:
        uploads.finish(file, apart.too_large(file.name), actor=request.actor)
        return
    request.actor.require(Right.SEND, file.upload.pairing_id)  # before it costs anything
    if sent.size != file.size:
        raise NotPossible(
            f"“{file.name}”没有传完：应为{file.size}字节，收到{sent.size}字节。请重新上传。",
            f"{file.name} did not come whole: {sent.size} of {file.size} bytes. Send it again.",
        )
    uploads.finish(file, apart.parse(sent.read(), file.name, origin=origin), actor=request.actor)


def _files(found: Upload, position: int | None = None) -> list[UploadedFile]:
    rows = found.files.select_related("source__report").defer("source__report__content")
    if position is not None:
        rows = rows.filter(position=position)
    return list(rows.order_by("position")[:_SHOWN])


def _page(
    request: Request, form: Whence, pasted: Pasted, *, fault: str = "", status: int = 200
) -> HttpResponse:
    waiting: dict[int, dict[str, Any]] = {}
    for file in uploads.broken_off(request.actor)[:_SHOWN]:
        entry = waiting.setdefault(file.upload_id, {"upload": file.upload, "files": []})
        entry["files"].append(file)
    context = {"form": form, "pasted": pasted, "fault": fault, "broken_off": list(waiting.values())}
    return render(request, "sources/upload.html", context | _limits(), status=status)


def _limits() -> dict[str, Any]:
    return {
        "megabytes": apart.allowed().megabytes,
        "most_bytes": settings.SHANHAI_UPLOAD_BYTES,
        "most_files": uploads.MOST_FILES,
        "most_without_script": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
        "seconds": apart.allowed().seconds,
    }


def _too_large(request: Request) -> list[str]:
    """The names of files that ``web.limited`` did not let through."""
    request.FILES  # noqa: B018 - what came is looked at when first asked for
    return list(getattr(request, "too_large", ()))


def _fault(request: Request, message: str) -> HttpResponse:
    return render(request, "frame/parts/notice.html", {"level": "error", "message": message}, status=422)


def _require_send(request: Request) -> None:
    if not request.actor.may_somewhere(Right.SEND):
        zh, en = MEANING[Right.SEND]
        raise NotAllowed(
            f"您的账号无权{zh}。请联系管理员。", f"Your account may not {en}. Ask an administrator."
        )
