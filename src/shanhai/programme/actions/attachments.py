"""Photos and documents are put to a record, taken out, and put back. Nothing is deleted."""

import datetime

from django.db import transaction
from django.utils import timezone

from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import record as audit
from shanhai.ledger.errors import NotPossible
from shanhai.ledger.rights import Right
from shanhai.ledger.turns import Turn, take
from shanhai.ledger.unseen import is_unseen
from shanhai.programme.keeping import subject_of
from shanhai.programme.kinds import Kind
from shanhai.programme.models import Attachment, AttachmentContent, Record
from shanhai.programme.photos.taking import Taken

MOST = 100
"""So many photos and documents a record may have."""
_LONGEST_NAME = 120


@transaction.atomic
def attach(
    kind: Kind,
    record: Record,
    name: str,
    taken: Taken,
    *,
    actor: Actor,
    at: datetime.datetime | None = None,
) -> Attachment:
    """Put a file to a record. The same file a second time is the one that is there; one that was taken out is put back.

    Args:
        kind, record: to which it belongs.
        name: the file's name as sent.
        taken: the file made ready (``photos.taking``).
        actor: who does it.
        at: when; now where None.

    Raises:
        NotAllowed: the actor may not keep this pairing's register.
        NotPossible: the file is not taken, the record is withdrawn, or has too many already.
    """
    actor.require(Right.RECORD, record.pairing_id)
    if taken.zh:
        raise NotPossible(taken.zh, taken.en)
    if record.withdrawn:
        raise NotPossible(
            f"{kind.zh}{record.key}已撤下。请先恢复它。",
            f"The {kind.en} {record.key} is withdrawn. Bring it back first.",
        )
    take(Turn.REGISTER)
    at = at or timezone.now()
    subject = subject_of(kind.name, record.pairing.key, record.key)
    there = Attachment.objects.filter(subject=subject)
    same = there.filter(sha256=taken.sha256).first()
    if same is not None:
        return put_back(same, actor=actor, at=at) if same.withdrawn else same
    if there.filter(withdrawn=False).count() >= MOST:
        raise NotPossible(
            f"一条记录最多{MOST}个附件。请先撤下用不着的。",
            f"A record has {MOST} attachments at most. Take out what is not needed.",
        )
    made = Attachment.objects.create(
        sha256=taken.sha256,
        pairing=record.pairing,
        subject=subject,
        name=_clean(name, taken.media_type),
        media_type=taken.media_type,
        size=len(taken.data),
        located=taken.located,
        by=actor.name,
        at=at,
        user_id=actor.user_id,
    )
    AttachmentContent.objects.create(attachment=made, data=taken.data, thumbnail=taken.thumbnail or None)
    new = {"attachment": made.name, "sha256": made.sha256, "size": made.size, "located": made.located}
    audit(actor, "attach", subject, at=at, new=new)
    return made


@transaction.atomic
def take_out(
    attachment: Attachment, *, actor: Actor, why: str, at: datetime.datetime | None = None
) -> Attachment:
    """Take an attachment out of its record's page; it stays in the register.

    Raises:
        NotAllowed: the actor may not keep this pairing's register.
        NotPossible: no reason is given.
    """
    if not why.strip():
        raise NotPossible("请写明撤下附件的原因。", "Say why the attachment is taken out.")
    return _turn(attachment, True, actor, why.strip(), at)


@transaction.atomic
def put_back(
    attachment: Attachment, *, actor: Actor, why: str = "", at: datetime.datetime | None = None
) -> Attachment:
    """Put an attachment that was taken out back to its record.

    Raises:
        NotAllowed: the actor may not keep this pairing's register.
    """
    return _turn(attachment, False, actor, why.strip(), at)


def _turn(
    attachment: Attachment, withdrawn: bool, actor: Actor, why: str, at: datetime.datetime | None
) -> Attachment:
    actor.require(Right.RECORD, attachment.pairing_id)
    take(Turn.REGISTER)
    if attachment.withdrawn is not withdrawn:
        attachment.withdrawn = withdrawn
        attachment.save(update_fields=["withdrawn"])
        told = {"attachment": attachment.name, "sha256": attachment.sha256}
        action = "take out attachment" if withdrawn else "put back attachment"
        old, new = (told, None) if withdrawn else (None, told)
        audit(actor, action, attachment.subject, at=at or timezone.now(), old=old, new=new, why=why)
    return attachment


_ENDINGS = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "application/pdf": (".pdf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
}


def _clean(name: str, media_type: str) -> str:
    """A name without folders and unseen characters, ending as its content does."""
    last = "".join(c for c in name.replace("\\", "/").rpartition("/")[2] if not is_unseen(c)).strip(" .")
    endings = _ENDINGS[media_type]
    if not last.lower().endswith(endings):
        last = (last.rpartition(".")[0] or last or "附件") + endings[0]
    stem, _, ending = last.rpartition(".")
    return f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}"
