"""A ledger written as an archive: the same ledger gives the same bytes, on SQLite and on PostgreSQL."""

import hashlib
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from django.db import models

from shanhai.ledger.actors import Actor
from shanhai.ledger.archive.container import CONTENTS, MANIFEST, Head, Manifest, Member
from shanhai.ledger.archive.tables import FORMAT, PACKED, TABLES, VERSION, member
from shanhai.ledger.audit import head
from shanhai.ledger.errors import LedgerDamaged
from shanhai.ledger.models import Content, Source
from shanhai.ledger.moment import one_moment
from shanhai.ledger.packing import unpacked
from shanhai.ledger.rights import Right
from shanhai.ledger.seals import columns

_BEGINNING = (1980, 1, 1, 0, 0, 0)
_MODE = 0o644 << 16
_UNIX = 3
_PORTION = 500
_ENCODER = msgspec.json.Encoder(order="deterministic")


class Written(msgspec.Struct, frozen=True):
    """What was written: members and bytes, and the last entry of the audit."""

    members: int
    size: int
    audit: Head


def write(target: Path, *, actor: Actor, advance: Callable[[], None] = lambda: None) -> Written:
    """Write the whole ledger to a file, as it is at one moment; the file appears whole or not at all.

    Args:
        target: the file; one that is there is replaced.
        actor: who exports.
        advance: called after each source.

    Raises:
        NotAllowed: the actor may not export the whole ledger.
        LedgerDamaged: something stored cannot be read.
        OSError: the file cannot be written.
    """
    actor.require(Right.WHOLE)
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        with partial.open("xb") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as file, one_moment():
                written = _write(file, advance)
            stream.flush()
            os.fsync(stream.fileno())
        size = partial.stat().st_size
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return msgspec.structs.replace(written, size=size)


def _write(file: zipfile.ZipFile, advance: Callable[[], None]) -> Written:
    members: dict[str, Member] = {}
    for table in sorted(TABLES):
        if member(table) > CONTENTS and not any(name.startswith(CONTENTS) for name in members):
            _contents(file, members, advance)
        members[member(table)] = _put(file, member(table), _lines(table))
    if not any(name.startswith(CONTENTS) for name in members):
        _contents(file, members, advance)
    last = head()
    told = Head(last.number, last.hash) if last else Head(0, "")
    manifest = Manifest(FORMAT, VERSION, told, dict(sorted(members.items())))
    _put(file, MANIFEST, iter((msgspec.json.format(msgspec.json.encode(manifest), indent=1), b"\n")))
    return Written(len(members), 0, told)


def _contents(file: zipfile.ZipFile, members: dict[str, Member], advance: Callable[[], None]) -> None:
    for number, sha256 in Source.objects.order_by("sha256").values_list("pk", "sha256").iterator(_PORTION):
        content = Content.objects.filter(pk=number).first()
        data = _read(content.compressed if content else b"", f"source {sha256}")
        members[CONTENTS + sha256] = _put(file, CONTENTS + sha256, iter((data,)))
        advance()


def _lines(table: str) -> Iterator[bytes]:
    model: type[models.Model] = TABLES[table]
    names = columns(model)
    rows = model._default_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(50 if table in PACKED else _PORTION):
        told: dict[str, Any] = dict(zip(names, row, strict=True))
        if column := PACKED.get(table):
            told[column] = _text(told[column], f"{table} {row[0]}")
        yield b"{%s}\n" % b",".join(
            b"%s:%s" % (_ENCODER.encode(name), _ENCODER.encode(value)) for name, value in told.items()
        )


def _text(compressed: bytes, what: str) -> str:
    try:
        return _read(compressed, what).decode()
    except UnicodeDecodeError as error:
        raise _damaged(what) from error


def _read(compressed: bytes | memoryview, what: str) -> bytes:
    try:
        return unpacked(compressed)
    except zlib.error as error:
        raise _damaged(what) from error


def _damaged(what: str) -> LedgerDamaged:
    return LedgerDamaged(
        f"账本中的 {what} 已损坏，没有导出。shanhai ledger verify 可查明原因；请从备份恢复。",
        f"{what} is damaged in the ledger; nothing was exported. shanhai ledger verify tells more; restore a backup.",
    )


def _put(file: zipfile.ZipFile, name: str, pieces: Iterator[bytes]) -> Member:
    info = zipfile.ZipInfo(name, _BEGINNING)
    info.create_system, info.external_attr = _UNIX, _MODE
    digest, size = hashlib.sha256(), 0
    with file.open(info, "w", force_zip64=True) as stream:
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            stream.write(piece)
    return Member(digest.hexdigest(), size)
