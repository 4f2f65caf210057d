"""The file itself: a zip whose members are stored as they are, and its manifest.

Nothing in it is compressed, so that the same ledger gives the same bytes whatever library writes it, and so that no
archive can grow when it is read.
"""

import hashlib
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec

from shanhai.ledger.archive.tables import FORMAT, TABLES, VERSION, member, tables_of
from shanhai.ledger.errors import LedgerError

MANIFEST = "manifest.json"
CONTENTS = "contents/"
_CONTENT = re.compile(r"contents/[0-9a-f]{64}\Z")
_LONGEST_MANIFEST = 256 * 1024 * 1024
_LONGEST_LINE = 512 * 1024 * 1024
_PIECE = 1 << 20
_ENCRYPTED = 0x1


class ArchiveRefused(LedgerError):
    """The file is no archive of a ledger, is damaged, or comes from a newer version."""


class Member(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One member as the manifest tells it."""

    sha256: str
    size: int


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The last entry of the audit."""

    number: int
    hash: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the archive holds."""

    format: str
    version: int
    audit: Head
    members: dict[str, Member]


class _Versioned(msgspec.Struct):
    format: str
    version: int


class Container:
    """An open archive whose names and sizes have been found right; its members are checked while they are read."""

    def __init__(self, file: zipfile.ZipFile, manifest: Manifest) -> None:
        self._file = file
        self.manifest = manifest

    def contents(self) -> Iterator[str]:
        """The sha256 of all sources whose bytes it holds, in order."""
        return iter(sorted(n.removeprefix(CONTENTS) for n in self.manifest.members if n.startswith(CONTENTS)))

    def lines(self, table: str) -> Iterator[tuple[int, bytes]]:
        """The lines of a table with their numbers.

        Raises:
            ArchiveRefused: the member is not what the manifest tells, or has a line beyond all measure.
        """
        name = member(table)
        digest = hashlib.sha256()
        number = 0
        with self._opened(name) as stream:
            while line := stream.readline(_LONGEST_LINE):
                number += 1
                digest.update(line)
                if not line.endswith(b"\n"):
                    raise refused(
                        f"{name} 第{number}行不完整或过长", f"line {number} of {name} is cut off or too long"
                    )
                yield number, line
        self._check(name, digest.hexdigest())

    def content(self, sha256: str) -> bytes:
        """The bytes of a source."""
        with self._opened(CONTENTS + sha256) as stream:
            data = stream.read()
        self._check(CONTENTS + sha256, hashlib.sha256(data).hexdigest())
        if hashlib.sha256(data).hexdigest() != sha256:
            raise refused(f"{CONTENTS}{sha256} 与其名称不符", f"{CONTENTS}{sha256} is not what its name says")
        return data

    @contextmanager
    def _opened(self, name: str) -> Iterator[IO[bytes]]:
        try:
            with self._file.open(name) as stream:
                yield stream
        except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
            raise refused(f"{name} 无法读出", f"{name} cannot be read: {error}") from error

    def _check(self, name: str, sha256: str) -> None:
        if self.manifest.members[name].sha256 != sha256:
            raise refused(
                f"{name} 与清单中的 sha256 不符", f"{name} does not match the sha256 of the manifest"
            )


@contextmanager
def opened(path: Path) -> Iterator[Container]:
    """Open an archive.

    Raises:
        ArchiveRefused: it is none, is damaged or hostile, or is of a newer format.
    """
    try:
        file = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise refused("它不是 zip 文件，或不完整", f"it is no zip file, or not whole ({error})") from error
    with file:
        members = file.infolist()
        _check_names(members)
        _check_sizes(members, path.stat().st_size)
        manifest = _manifest(file)
        _check_tables(manifest)
        sizes = {info.filename: info.file_size for info in members if info.filename != MANIFEST}
        if sizes.keys() != manifest.members.keys():
            odd = min(sizes.keys() ^ manifest.members.keys())
            raise refused(f"清单与内容不一致：{odd}", f"manifest and members differ: {odd}")
        for name, size in sizes.items():
            if manifest.members[name].size != size:
                raise refused(f"{name} 的大小与清单不符", f"the size of {name} is not that of the manifest")
        yield Container(file, manifest)


def refused(zh: str, en: str) -> ArchiveRefused:
    """Why an archive is refused, with what that means."""
    return ArchiveRefused(
        f"归档未导入：{zh}。账本没有改变。", f"The archive was refused: {en}. The ledger is as it was."
    )


def _check_names(members: list[zipfile.ZipInfo]) -> None:
    names = set()
    tables = {member(table) for table in TABLES}
    for info in members:
        name = info.orig_filename
        if name not in tables and name != MANIFEST and not _CONTENT.match(name):
            raise refused(
                f"含有不明成员 {name[:100]!r}", f"it holds a member of another name, {name[:100]!r}"
            )
        if name in names:
            raise refused(f"成员 {name} 重复", f"it holds {name} twice")
        names.add(name)
    if MANIFEST not in names:
        raise refused(f"缺少 {MANIFEST}", f"{MANIFEST} is missing")


def _check_tables(manifest: Manifest) -> None:
    expected = set(map(member, tables_of(manifest.version)))
    told = {name for name in manifest.members if not name.startswith(CONTENTS)}
    for name in sorted(expected - told):
        raise refused(f"缺少 {name}", f"{name} is missing")
    for name in sorted(told - expected):
        raise refused(
            f"含有格式版本{manifest.version}没有的 {name}",
            f"it holds {name}, which archives of format {manifest.version} have not",
        )


def _check_sizes(members: list[zipfile.ZipInfo], whole: int) -> None:
    for info in members:
        if info.compress_type != zipfile.ZIP_STORED or info.compress_size != info.file_size:
            raise refused(
                f"{info.filename} 是压缩的", f"{info.filename} is compressed, which no archive of a ledger is"
            )
        if info.flag_bits & _ENCRYPTED:
            raise refused(f"{info.filename} 已加密", f"{info.filename} is encrypted")
    if sum(info.file_size for info in members) > whole:
        raise refused("成员相互重叠", "its members overlap")


def _manifest(file: zipfile.ZipFile) -> Manifest:
    if file.getinfo(MANIFEST).file_size > _LONGEST_MANIFEST:
        raise refused("清单过大", "its manifest is too large")
    try:
        data = file.read(MANIFEST)
        told = msgspec.json.decode(data, type=_Versioned)
        if told.format != FORMAT:
            raise refused("它不是账本的归档", "it is no archive of a ledger")
        if told.version > VERSION:
            raise refused(
                f"格式版本{told.version}由更新版本的山海写成，请先升级",
                f"its format {told.version} is of a newer version of Shanhai; install that version first",
            )
        return msgspec.json.decode(data, type=Manifest)
    except (msgspec.MsgspecError, zipfile.BadZipFile, EOFError, UnicodeDecodeError) as error:
        raise refused("清单无法读出", f"its manifest cannot be read ({error})") from error
