"""Uploads: files sent together are announced first; each is then stored with what became of it in one transaction.

After a crash every file is either in the ledger or named among those that wait; no file is there by half.
"""

import datetime
from collections.abc import Sequence

import msgspec
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from shanhai.ledger import access
from shanhai.ledger.actions.receive import Arrival, Received, receive
from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import record
from shanhai.ledger.errors import NotPossible
from shanhai.ledger.models import Pairing, Progress, Source, Upload, UploadedFile
from shanhai.ledger.rights import Right
from shanhai.ledger.unseen import without_unseen

MOST_FILES = 1_000
"""So many files one upload may announce."""
_LONGEST_NAME = 255


class Announced(msgspec.Struct, frozen=True):
    """A file that is about to come: its name and its size in bytes."""

    name: str
    size: int


class Refusal(msgspec.Struct, frozen=True):
    """Why a file is not taken, in Chinese and English; nothing of it is kept.

    Attributes:
        name: the file's name.
        code: the reason's name for programs, such as ``kind``, ``size``, ``empty``, ``name``, ``memory``, ``time``.
        zh, en: what is wrong and what to do.
    """

    name: str
    code: str
    zh: str
    en: str

    @property
    def message(self) -> str:
        """Both languages, one a line, as stored."""
        return f"{self.zh}\n{self.en}"


def clean_name(name: str) -> str:
    r"""A file's name without its folders and without characters that do not show; "" where nothing remains.

    >>> clean_name("..\\报送/简报\x00.docx")
    '简报.docx'
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = without_unseen(last).strip()
    return "" if not shown.strip(".") else shown[-_LONGEST_NAME:]


@transaction.atomic
def announce(
    files: Sequence[Announced],
    *,
    actor: Actor,
    pairing: Pairing | None = None,
    at: datetime.datetime | None = None,
) -> Upload:
    """Note which files are about to come; all of them wait.

    Raises:
        NotAllowed: the actor may not send sources to the pairing.
        NotPossible: no file or too many, one without a name, or with a size below nothing.
    """
    actor.require(Right.SEND, pairing.pk if pairing else None)
    at = at or timezone.now()
    names = [clean_name(file.name) for file in files]
    _check(files, names)
    upload = Upload.objects.create(by=actor.name, at=at, pairing=pairing)
    UploadedFile.objects.bulk_create(
        [
            UploadedFile(upload=upload, position=n, name=name, size=file.size)
            for n, (file, name) in enumerate(zip(files, names, strict=True))
        ]
    )
    told = {
        "pairing": pairing.key if pairing else None,
        "files": [[name, file.size] for file, name in zip(files, names, strict=True)],
    }
    record(actor, "announce", f"upload:{upload.pk}", at=at, new=told)
    return upload


@transaction.atomic
def finish(
    file: UploadedFile,
    outcome: Arrival | Refusal,
    *,
    actor: Actor,
    at: datetime.datetime | None = None,
) -> UploadedFile:
    """Store a file that has come, or why it is refused; the file's progress changes in the same transaction.

    Args:
        file: the announced file, of an upload that came through ``access``.
        outcome: the file as it was read, or why it is not taken.
        actor: who sends it.
        at: when.

    Returns:
        the file: READ, KNOWN, or REFUSED with a message in two lines, Chinese and English.

    Raises:
        NotAllowed: the actor may not send sources to the pairing.
        NotPossible: the file does not wait any more, or has not come whole.
    """
    file = _waiting(file)
    upload = file.upload
    actor.require(Right.SEND, upload.pairing_id)
    at = at or timezone.now()
    if isinstance(outcome, Refusal):
        _note(file, Progress.REFUSED, outcome.message, None)
    else:
        _check_whole(file, outcome)
        received = receive(
            msgspec.structs.replace(outcome, name=file.name), actor=actor, pairing=upload.pairing, at=at
        )
        _note(file, received.progress, _fault(received), received.source)
    told = {"file": file.position, "name": file.name, "progress": file.progress}
    if file.source:
        told["source"] = file.source.sha256
    record(actor, "upload", f"upload:{upload.pk}", at=at, new=told, why=file.message)
    return file


def broken_off(actor: Actor, *, before: datetime.datetime | None = None) -> QuerySet[UploadedFile]:
    """The files that still wait, in the order in which they were announced; they are not in the ledger.

    Args:
        actor: whose uploads; those of others for one who files sources.
        before: only those announced before, such as the start of the server.
    """
    waiting = UploadedFile.objects.filter(upload__in=access.uploads(actor), progress=Progress.WAITING)
    if before is not None:
        waiting = waiting.filter(upload__at__lt=before)
    return waiting.select_related("upload__pairing").order_by("upload_id", "position")


@transaction.atomic
def discard(upload: Upload, *, actor: Actor, at: datetime.datetime | None = None) -> int:
    """Forget the files of an upload that still wait; those that came stay.

    Returns:
        how many.

    Raises:
        NotAllowed: the actor may not send sources to the pairing.
        NotPossible: no file waits.
    """
    actor.require(Right.SEND, upload.pairing_id)
    Upload.objects.select_for_update().get(pk=upload.pk)
    waiting = UploadedFile.objects.filter(upload=upload, progress=Progress.WAITING)
    old = [[name, size] for name, size in waiting.values_list("name", "size")]
    if not old:
        raise NotPossible("没有中断的文件。", "No file of this upload broke off.")
    waiting.delete()
    record(actor, "discard", f"upload:{upload.pk}", at=at or timezone.now(), old=old)
    return len(old)


def _check(files: Sequence[Announced], names: Sequence[str]) -> None:
    if not files:
        raise NotPossible("请至少选择一个文件。", "Choose at least one file.")
    if len(files) > MOST_FILES:
        raise NotPossible(
            f"一次最多上传{MOST_FILES}个文件，现有{len(files)}个。请分批上传。",
            f"One upload takes at most {MOST_FILES} files, not {len(files)}. Send them in parts.",
        )
    for number, (file, name) in enumerate(zip(files, names, strict=True), 1):
        if not name:
            raise NotPossible(
                f"第{number}个文件没有名称。请先命名。",
                f"File {number} has no name. Name it first.",
            )
        if not 0 <= file.size < 1 << 62:
            raise NotPossible(f"“{name}”的大小{file.size}不成立。", f"{file.size} is no size for {name}.")


def _waiting(file: UploadedFile) -> UploadedFile:
    """The file, locked, if it waits."""
    locked = (
        UploadedFile.objects.select_for_update(of=("self",))
        .select_related("upload__pairing")
        .filter(pk=file.pk)
        .first()
    )
    if locked is None:
        raise NotPossible(
            f"“{file.name}”已从上传列表中移除。请重新上传。",
            f"{file.name} was taken off the list of the upload. Send it again.",
        )
    if locked.progress != Progress.WAITING:
        raise NotPossible(f"“{file.name}”已处理完毕。", f"{file.name} has come already.")
    return locked


def _check_whole(file: UploadedFile, arrival: Arrival) -> None:
    if len(arrival.data) != file.size:
        raise NotPossible(
            f"“{file.name}”没有传完：应为{file.size}字节，收到{len(arrival.data)}字节。请重新上传。",
            f"{file.name} did not come whole: {len(arrival.data)} of {file.size} bytes. Send it again.",
        )


def _note(file: UploadedFile, progress: Progress, message: str, source: Source | None) -> None:
    file.progress, file.message, file.source = progress, message, source
    file.save(update_fields=("progress", "message", "source"))


def _fault(received: Received) -> str:
    return received.source.fault if received.progress == Progress.REFUSED else ""
