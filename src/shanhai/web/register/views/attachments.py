"""Photos and documents of a record: sent, shown, taken out, put back."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shanhai.ledger.actions.uploads import Refusal
from shanhai.ledger.errors import NotPossible, NotThere
from shanhai.ledger.rights import Right
from shanhai.programme.actions import attachments
from shanhai.programme.keeping import subject_of
from shanhai.programme.models import Attachment, AttachmentContent
from shanhai.programme.photos import taking
from shanhai.web import apart
from shanhai.web.frame.refusing import told
from shanhai.web.register.entering import Place, enter_record
from shanhai.web.register.shown import english
from shanhai.web.requests import Request

_MOST_AT_ONCE = 20
_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


@require_POST
def attach(request: Request, pairing: str, kind: str, key: str) -> HttpResponse:
    """Put the files that are sent to the record; each that is not taken is told with its reason."""
    place, record = enter_record(request, pairing, kind, key, Right.RECORD)
    sent = request.FILES.getlist("file")
    too_large: tuple[str, ...] = tuple(getattr(request, "too_large", ()))  # by web.limited
    for name in too_large:
        _tell(request, apart.too_large(name[:100]))
    if not sent and not too_large:
        messages.error(request, _("请先选择照片或文件。"))
    if len(sent) > _MOST_AT_ONCE:
        messages.error(request, _("一次最多%(most)d个附件。") % {"most": _MOST_AT_ONCE})
        sent = []
    keep = request.POST.get("keep_place") == "1"
    for file in sent:
        name = file.name or ""
        taken = _ready(file.read(), name, keep)
        if isinstance(taken, Refusal):
            _tell(request, taken)
            continue
        try:
            attachments.attach(place.kind, record, name, taken, actor=request.actor)
        except NotPossible as refusal:
            messages.error(request, f"{name[:60]}{_('：')}{told(refusal)}")
        else:
            messages.success(request, _("已添加附件：%(name)s") % {"name": name[:60]})
    return redirect(place.path(record) + "#files")


def _tell(request: Request, refusal: Refusal) -> None:
    messages.error(request, refusal.en if english() else refusal.zh)


def _ready(data: bytes, name: str, keep: bool) -> taking.Taken | Refusal:
    """The file made ready in a process apart."""
    limits = apart.allowed()
    answer = apart.run(taking.apart, (data, name, settings.SHANHAI_UPLOAD_BYTES, keep), name, limits)
    return answer if isinstance(answer, Refusal) else taking.told(answer)


@require_safe
def file(request: Request, pairing: str, kind: str, key: str, sha256: str) -> HttpResponse:
    """An attachment's bytes: a photo to look at, a document to keep."""
    _place, found = _found(request, pairing, kind, key, sha256)
    data = bytes(AttachmentContent.objects.get(attachment=found).data)
    return _answer(data, found.media_type, found.name, as_file=found.media_type not in taking.PHOTOS)


@require_safe
def thumbnail(request: Request, pairing: str, kind: str, key: str, sha256: str) -> HttpResponse:
    """A photo, small."""
    _place, found = _found(request, pairing, kind, key, sha256)
    small = AttachmentContent.objects.values_list("thumbnail", flat=True).get(attachment=found)
    if not small:
        raise _not_there()
    return _answer(bytes(small), taking.JPEG, "thumbnail.jpg", as_file=False)


@require_POST
def take_out(request: Request, pairing: str, kind: str, key: str, sha256: str) -> HttpResponse:
    """Take an attachment out, with a reason."""
    place, found = _found(request, pairing, kind, key, sha256, Right.RECORD)
    try:
        attachments.take_out(found, actor=request.actor, why=request.POST.get("why", "")[:300])
    except NotPossible as refusal:
        messages.error(request, told(refusal))
    return redirect(f"{place.list}{key}/#files")


@require_POST
def put_back(request: Request, pairing: str, kind: str, key: str, sha256: str) -> HttpResponse:
    """Put an attachment back that was taken out."""
    place, found = _found(request, pairing, kind, key, sha256, Right.RECORD)
    attachments.put_back(found, actor=request.actor)
    return redirect(f"{place.list}{key}/#files")


def _found(
    request: Request, pairing: str, kind: str, key: str, sha256: str, right: Right | None = None
) -> tuple[Place, Attachment]:
    """The attachment of a record that the account may see; one that was taken out only for who keeps the register."""
    place, record = enter_record(request, pairing, kind, key, right)
    subject = subject_of(place.kind.name, place.pairing.key, record.key)
    found = Attachment.objects.filter(subject=subject, sha256=sha256).first()
    if found is None or (found.withdrawn and not place.may_record):
        raise _not_there()
    return place, found


def _not_there() -> NotThere:
    return NotThere(
        "找不到该附件，或您的账号看不到它。", "There is no such attachment that your account can see."
    )


def _answer(data: bytes, media_type: str, name: str, *, as_file: bool) -> HttpResponse:
    """Bytes that a browser shows as what they are and never runs."""
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_file, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _POLICY
    response["Cache-Control"] = "private, max-age=3600"
    return response
