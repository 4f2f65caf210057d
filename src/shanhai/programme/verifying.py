"""What verifying a ledger asks of the register beside its seals: bytes match their hash, derived rows their events."""

import hashlib
from collections.abc import Iterator

from django.db.models import Model

from shanhai.ledger.models import Pairing
from shanhai.ledger.verify import Fault, Trouble
from shanhai.programme.derived import differing
from shanhai.programme.models import Attachment, AttachmentContent, ExchangeContent, ExchangeFile


def faults() -> Iterator[Fault]:
    """What does not match: attachments, files exchanged, then balances and flows, pairing by pairing."""
    of_attachments = AttachmentContent.objects.values_list("data", flat=True)
    for attachment in Attachment.objects.order_by("pk").iterator(50):
        yield from _bytes(attachment, attachment.sha256, of_attachments.filter(pk=attachment.pk).first())
    of_files = ExchangeContent.objects.values_list("data", flat=True)
    for file in ExchangeFile.objects.order_by("pk").iterator(50):
        yield from _bytes(file, file.sha256, of_files.filter(pk=file.pk).first())
    for pairing in Pairing.objects.order_by("pk"):
        yield from differing(pairing)


def _bytes(row: Model, sha256: str, data: bytes | memoryview | None) -> Iterator[Fault]:
    table = row._meta.model_name or ""
    if data is None:
        zh, en = "字节不在账本中。", "Its bytes are not in the ledger."
        yield Fault(Trouble.MISSING, table, str(row.pk), "content", zh, en)
    elif hashlib.sha256(data).hexdigest() != sha256:
        zh, en = "字节与 sha256 不符。", "Its bytes do not match the sha256."
        yield Fault(Trouble.BYTES, table, str(row.pk), "content", zh, en)
