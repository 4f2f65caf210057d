"""What the pages of an exchange ask: files, accepted keys, comparisons."""

from functools import lru_cache

import msgspec

from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import LedgerDamaged, NotThere
from shanhai.ledger.models import Pairing
from shanhai.ledger.rights import Right
from shanhai.programme.exchange import notes
from shanhai.programme.exchange.compare import Comparison, compare
from shanhai.programme.exchange.file import BadFile, read
from shanhai.programme.exchange.file import ExchangeFile as Opened
from shanhai.programme.exchange.lines import Side
from shanhai.programme.models import ExchangeFile, ExchangeKey


class Pair(msgspec.Struct, frozen=True):
    """A file of each side that can be held against each other."""

    sending: ExchangeFile
    receiving: ExchangeFile


def registers(actor: Actor, pairing: Pairing) -> list[ExchangeFile]:
    """The register files of a pairing, the newest first."""
    actor.require(Right.READ, pairing.pk)
    found = ExchangeFile.objects.filter(pairing=pairing, holds=ExchangeFile.Holds.REGISTER)
    return list(found.order_by("-made", "sha256"))


def pairs(files: list[ExchangeFile]) -> list[Pair]:
    """All pairs of files of both sides whose periods have a day in common."""
    ours = [f for f in files if f.side == Side.SENDING]
    theirs = [f for f in files if f.side == Side.RECEIVING]
    return [
        Pair(one, other)
        for one in ours
        for other in theirs
        if one.own != other.own and max(one.starts, other.starts) <= min(one.ends, other.ends)
    ]


def access_file(actor: Actor, pairing: Pairing, sha256: str, right: Right = Right.READ) -> ExchangeFile:
    """The file with a hash.

    Raises:
        NotThere: there is none.
        NotAllowed: the actor has not the right.
    """
    actor.require(right, pairing.pk)
    found = ExchangeFile.objects.filter(pairing=pairing, sha256=sha256).first()
    if found is None:
        raise NotThere(
            "找不到这个对账文件。请从“两方对账”页重新进入。",
            "There is no such exchange file. Go back to the page of exchanges and try again.",
        )
    return found


def opened(file: ExchangeFile) -> Opened:
    """What a stored file holds.

    Raises:
        LedgerDamaged: it is not as it was stored.
    """
    try:
        found = read(data_of(file))
    except BadFile:
        found = None
    if found is None or found.sha256 != file.sha256:
        raise LedgerDamaged(
            f"库存的对账文件{file.sha256[:12]}已损坏。请从备份恢复，或请对方重新提供。",
            f"The stored exchange file {file.sha256[:12]} is damaged. Restore it from a backup, or ask for it again.",
        )
    return found


def data_of(file: ExchangeFile) -> bytes:
    """The bytes of a file."""
    return bytes(file.content.data)


def comparison_of(sending: ExchangeFile, receiving: ExchangeFile) -> Comparison:
    """Two stored files held against each other; what was found is kept for a while, as it never changes."""
    return _compared(sending.sha256, receiving.sha256, _Files(sending, receiving))


class _Files:
    """Two files; all are equal for the cache, as their hashes tell them apart."""

    def __init__(self, *files: ExchangeFile) -> None:
        self.files = files

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Files)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=8)
def _compared(sending: str, receiving: str, files: _Files) -> Comparison:
    return compare(*(opened(file) for file in files.files))


def said(pairing: Pairing, comparison: Comparison) -> dict[Side, notes.Said]:
    """What both sides say of a comparison."""
    files = ExchangeFile.objects.filter(pairing=pairing, about=comparison.key).select_related("content")
    return notes.said([opened(file) for file in files], comparison)


def own_notes(pairing: Pairing, comparison: Comparison) -> ExchangeFile | None:
    """The last file of notes that was made here about a comparison."""
    mine = ExchangeFile.objects.filter(pairing=pairing, about=comparison.key, own=True)
    return mine.order_by("-made", "sha256").first()


def own_side(pairing: Pairing) -> Side | None:
    """Which side this ledger is in a pairing, as its own files say; None before there is any."""
    found = ExchangeFile.objects.filter(pairing=pairing, own=True).order_by("pk").first()
    return Side(found.side) if found else None


def accepted(pairing: Pairing) -> ExchangeKey | None:
    """The key by which the other side signs; None where none was accepted."""
    return ExchangeKey.objects.filter(pairing=pairing, replaced=False).first()
