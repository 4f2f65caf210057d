"""One source: how it came, what was read from it, where it is filed; its bytes as received."""

import hashlib
from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shanhai.ledger import access
from shanhai.ledger.actions import collections, filing
from shanhai.ledger.actions.uploads import clean_name
from shanhai.ledger.errors import NotAllowed, NotPossible, NotThere
from shanhai.ledger.models import Collection, Content, Pairing
from shanhai.ledger.packing import unpacked
from shanhai.ledger.queries import source as queries
from shanhai.ledger.queries.narrowing import UNFILED
from shanhai.ledger.rights import Right
from shanhai.web import links
from shanhai.web.frame.refusing import told
from shanhai.web.requests import Request

_SEALED = "default-src 'none'; sandbox; frame-ancestors 'none'"


@require_safe
def source(request: Request, sha256: str) -> HttpResponse:
    """Receipts, masthead, figures by state, findings, filing."""
    actor = request.actor
    found = access.access_source(actor, sha256)
    report = access.reports(actor).filter(source=found).defer("content").first()
    may_file = actor.may(Right.FILE, found.pairing_id)
    inside = queries.collections_of(actor, found)
    context = {
        "source": found,
        "report": report,
        "receipts": queries.receipts([found])[found.pk],
        "copy_of": queries.copies(actor, [report]).get(report.pk) if report else None,
        "figures": queries.figures(actor, report) if report else None,
        "findings": queries.findings(actor, report) if report else (),
        "inside": inside,
        "may_file": may_file,
        "may_download": actor.user_id is not None,
        "pairings": _targets(request, found.pairing_id) if may_file else (),
        "collections": _outside(request, inside) if may_file else (),
        "unfiled": UNFILED,
        "may_unfile": found.pairing_id is not None and actor.may(Right.FILE),
    }
    return render(request, "sources/source.html", context)


def _targets(request: Request, here: int | None) -> list[Pairing]:
    return [p for p in access.pairings(request.actor, Right.FILE) if p.pk != here]


def _outside(request: Request, inside: Iterable[Collection]) -> list[Collection]:
    there = {c.pk for c in inside}
    return [c for c in access.collections(request.actor) if c.pk not in there]


@require_safe
def download(request: Request, sha256: str) -> HttpResponse:
    """The bytes as received, to be stored and never shown: what was sent may be hostile.

    Raises:
        NotAllowed: no account stands behind the request: the bytes may hold what pages mask.
    """
    found = access.access_source(request.actor, sha256)
    if request.actor.user_id is None:
        raise NotAllowed(
            "下载原文件须先登录：原文件未经遮盖。",
            "Sign in to download a file as received: nothing in it is masked.",
        )
    data = unpacked(Content.objects.get(source=found).compressed)
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(
        True, clean_name(found.name) or f"{sha256}.bin"
    )
    response["Content-Security-Policy"] = _SEALED
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@require_POST
def file(request: Request, sha256: str) -> HttpResponse:
    """File the source under a pairing, or under none."""
    found = access.access_source(request.actor, sha256, Right.FILE)
    key = request.POST.get("pairing", "")
    if not key:
        raise NotPossible("请选择一个结对。", "Choose a pairing.")
    target = None if key == UNFILED else access.access_pairing(request.actor, key, Right.FILE)
    try:
        filing.file_source(found, target, actor=request.actor)
    except NotPossible as refused:
        messages.warning(request, told(refused))
    else:
        messages.success(request, _("已归入。相关事实要重建后才会更新。"))
    return HttpResponseRedirect(links.source_path(sha256))


@require_POST
def collect(request: Request, sha256: str) -> HttpResponse:
    """Put the source into a collection, a new one too, or take it out of one."""
    actor = request.actor
    found = access.access_source(actor, sha256, Right.FILE)
    if key := request.POST.get("out", ""):
        collections.take_out(_collection(request, key), [found], actor=actor)
        messages.success(request, _("已移出专题。"))
    elif name := request.POST.get("name", "").strip():
        collections.put_into(_made(request, name), [found], actor=actor)
        messages.success(request, _("已放入专题。"))
    elif key := request.POST.get("into", ""):
        collections.put_into(_collection(request, key), [found], actor=actor)
        messages.success(request, _("已放入专题。"))
    else:
        messages.warning(request, _("请选择一个专题，或填写新专题的名称。"))
    return HttpResponseRedirect(links.source_path(sha256))


def _collection(request: Request, key: str) -> Collection:
    found = access.collections(request.actor).filter(key=key).first()
    if found is None:
        raise NotThere(f"没有专题“{key[:64]}”。", f"There is no collection “{key[:64]}”.")
    return found


def _made(request: Request, name: str) -> Collection:
    """The collection with a name; made where there is none. Its key follows from the name."""
    name = " ".join(name.split())
    there = access.collections(request.actor).filter(name=name).first()
    if there is not None:
        return there
    key = f"c-{hashlib.sha256(name.encode()).hexdigest()[:12]}"
    return collections.make_collection(key, name, actor=request.actor)
