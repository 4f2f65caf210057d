"""Bytes that were changed or taken away behind the application's back show, as rows do by their seals."""

import pytest

from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing
from shanhai.ledger.verify import Trouble, verify
from shanhai.programme.actions.attachments import attach
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import Attachment, AttachmentContent, ExchangeContent, ExchangeFile
from shanhai.programme.photos.taking import take

from .conftest import NOON, Enter
from .photos.pictures import jpeg


@pytest.fixture
def photo(project: Enter, clerk: Actor) -> Attachment:
    taken = take(jpeg(), "现场.jpg", 10**7)
    return attach(KINDS["project"], project("X1"), "现场.jpg", taken, actor=clerk, at=NOON)


def test_bytes_of_a_photo_changed(photo: Attachment) -> None:
    assert list(verify()) == []

    AttachmentContent.objects.update(data=jpeg() + b"!")

    (fault,) = verify()
    assert (fault.trouble, fault.table, fault.row) == (Trouble.BYTES, "attachment", str(photo.pk))


def test_bytes_of_a_photo_taken_away(photo: Attachment) -> None:
    AttachmentContent.objects.all().delete()

    assert [f.trouble for f in verify()] == [Trouble.MISSING]


def test_bytes_of_an_exchanged_file_changed(pairing: Pairing) -> None:
    file = ExchangeFile.objects.create(
        pairing=pairing, sha256="0" * 64, own=True, holds="register", side="sending", office="办公室",
        starts=NOON, ends=NOON, made=NOON, at=NOON, lines=1, by="clerk",
    )  # fmt: skip
    ExchangeContent.objects.create(file=file, data=b"other bytes")

    assert Trouble.BYTES in [f.trouble for f in verify() if f.table == "exchangefile"]
