"""The draft checker: send a draft, watch it being checked, read the result, take it along."""

from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shanhai.ledger import access
from shanhai.ledger.actions.uploads import clean_name
from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotPossible, NotThere
from shanhai.ledger.models import Pairing
from shanhai.ledger.queries.checker import evidence, opened, require_few
from shanhai.ledger.rights import Right
from shanhai.programme.matching.register import kept
from shanhai.web import apart
from shanhai.web.check import checking, looks, running
from shanhai.web.check.drafts import Draft, access_draft, drafts, keep, write_lines
from shanhai.web.frame.refusing import told
from shanhai.web.frame.templatetags.frame import both
from shanhai.web.links import UNFILED
from shanhai.web.requests import Request
from shanhai.web.shelves import KEPT

_STEPS: Final = ("waiting", "reading", "checking", "done")
_DOWNLOADS: Final = {
    "docx": (
        checking.COMMENTED,
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "jsonl": (checking.LINES, "jsonl", "application/jsonl"),
    "html": (checking.PAGE, "html", "text/html; charset=utf-8"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: Request) -> HttpResponse:
    """The form that takes a draft, and the drafts of the last day."""
    if not request.actor.may_somewhere(Right.SEND) or request.actor.user_id is None:
        request.actor.require(Right.SEND)
        raise NotPossible(
            "核对初稿需要登录，结果只给发送的账号看。",
            "Sign in to check drafts: the result is shown only to the account that sent it.",
        )
    if request.method != "POST":
        return _form(request)
    try:
        draft = _taken(request)
    except NotPossible as e:
        return _form(request, 422, fault=told(e), typed=request.POST.get("text", ""))
    running.start(draft, timezone.localdate(), _registers(request.actor, draft))
    return HttpResponseRedirect(reverse("check:result", args=[draft.sent.token]))


@require_GET
def result(request: Request, token: str) -> HttpResponse:
    """The result; how far it is while it is being checked."""
    draft = access_draft(request.actor, token)
    state = draft.state
    context: dict[str, Any] = _about(draft) | {"state": state, "deleted_at": draft.sent.at + KEPT}
    if state.step != "done":
        return render(request, "check/waiting.html", context | {"why": both(state.zh, state.en)})
    file = checking.CHINESE if both("zh", "en") == "zh" else checking.ENGLISH
    sections = mark_safe((draft.folder / file).read_text("utf-8"))  # written by publishing, which escapes
    context |= {"sections": sections, "outcome": state.outcome, "version": looks.version()}
    return render(request, "check/result.html", context)


@require_GET
def state(request: Request, token: str) -> HttpResponse:
    """How far it is, for the page that waits; it loads the result when that is there."""
    try:
        draft = access_draft(request.actor, token)
    except NotThere:
        if not request.htmx:
            raise
        return HttpResponse(headers={"HX-Redirect": reverse("check:index")})  # it was deleted meanwhile
    now = draft.state
    if now.step in ("done", "failed"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "check/parts/progress.html", _about(draft) | {"state": now})


@require_POST
def delete(request: Request, token: str) -> HttpResponse:
    """Throw away a draft and its result at once."""
    access_draft(request.actor, token).delete()
    return HttpResponseRedirect(reverse("check:index"))


@require_GET
def download(request: Request, token: str, what: str) -> HttpResponseBase:
    """The result as a file."""
    draft = access_draft(request.actor, token)
    name, ending, kind = _DOWNLOADS[what]
    file = draft.folder / name
    if draft.state.step != "done" or not file.is_file():
        raise NotThere(
            "没有这种格式的结果：只有 Word 初稿才有带批注的文档。",
            "There is no such file: only a draft that is a Word document comes back with comments.",
        )
    stem = (draft.sent.name or _("文稿.txt")).rpartition(".")[0]
    shown = f"{stem}-{_('核对结果')}.{ending}"
    return FileResponse(file.open("rb"), as_attachment=True, filename=shown, content_type=kind)


def _taken(request: Request) -> Draft:
    """The draft that a form sends, kept with its evidence."""
    name, data = _sent(request)
    pairings = _pairings(request.actor, request.POST.getlist("against"))
    require_few(request.actor, pairings)
    draft = keep(request.actor, name, data, pairings)
    try:
        write_lines(draft.folder / checking.EVIDENCE, evidence(request.actor, pairings))
        write_lines(draft.folder / checking.ROOMS, opened(request.actor, pairings))
    except BaseException:
        draft.delete()
        raise
    return draft


def _registers(actor: Actor, draft: Draft) -> list[Pairing]:
    """The pairings that a draft is held against and whose registers hold anything."""
    return list(kept(access.pairings(actor).filter(pk__in=[p for p in draft.sent.pairings if p is not None])))


def _sent(request: Request) -> tuple[str, bytes]:
    file = request.FILES.get("file")
    text = request.POST.get("text", "").strip()
    if isinstance(file, UploadedFile) and text:
        raise NotPossible("文件和文字只能发送一样。", "Send a file or a text, not both.")
    if text:
        return "", text.encode("utf-8", "replace")
    if not isinstance(file, UploadedFile):
        raise NotPossible("请选择文件，或粘贴文字。", "Choose a file, or paste a text.")
    name, limits = clean_name(file.name or ""), apart.allowed()
    if (file.size or 0) > limits.megabytes * 1024 * 1024:
        refused = apart.too_large(name, limits)
        raise NotPossible(refused.zh, refused.en)
    if not file.size:
        raise NotPossible(
            f"“{name}”是空的。请检查是否完整复制。", f"{name} is empty. Check that it was copied whole."
        )
    return name, file.read()


def _pairings(actor: Actor, keys: list[str]) -> list[int | None]:
    """The pairings that the form names, as far as the actor may read them.

    Raises:
        NotThere: the actor sees no such pairing.
    """
    found: list[int | None] = []
    for key in dict.fromkeys(keys):
        if key == UNFILED:
            actor.require(Right.READ)
            found.append(None)
        else:
            found.append(access.access_pairing(actor, key).pk)
    return found


def _form(request: Request, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "pairings": access.pairings(request.actor),
        "may_unfiled": request.actor.may(Right.READ, None),
        "chosen": request.POST.getlist("against"),
        "sent": [_about(draft) | {"state": draft.state} for draft in drafts(request.actor)],
        "megabytes": apart.allowed().megabytes,
    }
    return render(request, "check/index.html", context | more, status=status)


def _about(draft: Draft) -> dict[str, Any]:
    step = draft.state.step
    return {
        "token": draft.sent.token,
        "name": draft.sent.name or _("粘贴的文字"),
        "at": draft.sent.at,
        "progress": _STEPS.index(step) if step in _STEPS else len(_STEPS) - 1,
        "steps": len(_STEPS) - 1,
    }
