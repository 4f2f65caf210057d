"""Exchange of registers: a file is made, the other side's is taken, notes are written. Nothing of a bad file is kept."""

import datetime
from typing import Any

import msgspec
from django.db import transaction

from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import record as audit
from shanhai.ledger.errors import NotPossible
from shanhai.ledger.models import Pairing
from shanhai.ledger.rights import Right
from shanhai.ledger.turns import Turn, take
from shanhai.programme.exchange import notes
from shanhai.programme.exchange.compare import Comparison, key_of
from shanhai.programme.exchange.file import BadFile, Terms, read, written
from shanhai.programme.exchange.file import ExchangeFile as Opened
from shanhai.programme.exchange.gathering import lines_of, places_of
from shanhai.programme.exchange.keys import SigningKey, fingerprint, is_fingerprint_of
from shanhai.programme.exchange.lines import Header, Holds, Side
from shanhai.programme.models import ExchangeContent, ExchangeFile, ExchangeKey
from shanhai.programme.queries import exchange as queries

_LONGEST_OFFICE = 60
_SIDES = {Side.SENDING: ("支援方", "the sending side"), Side.RECEIVING: ("受援方", "the receiving side")}


class Trust(msgspec.Struct, frozen=True):
    """What someone knows of the other side's key when a file is taken.

    Attributes:
        fingerprint: as the other side read it aloud; "" where it was accepted before.
        replace: that another key was accepted before, and this one shall stand for it.
    """

    fingerprint: str = ""
    replace: bool = False


@transaction.atomic
def export(
    pairing: Pairing,
    side: Side,
    starts: datetime.date,
    ends: datetime.date,
    office: str,
    *,
    key: SigningKey,
    actor: Actor,
    at: datetime.datetime,
) -> ExchangeFile:
    """Make the file of this ledger's register for a period, and keep it.

    Raises:
        NotAllowed: the actor may not keep this pairing's register.
        NotPossible: the period or the office cannot be, or this ledger is the other side.
    """
    actor.require(Right.RECORD, pairing.pk)
    take(Turn.REGISTER)
    office = " ".join(office.split())
    if not office or len(office) > _LONGEST_OFFICE:
        raise NotPossible(
            f"请写明导出单位，不超过{_LONGEST_OFFICE}个字。",
            f"Say which office exports it, with {_LONGEST_OFFICE} characters at most.",
        )
    if ends < starts:
        raise NotPossible(
            f"时段的结束{ends}早于开始{starts}。请核对。",
            f"The period ends on {ends}, before it begins on {starts}. Check both days.",
        )
    before = queries.own_side(pairing)
    if before and before is not side:
        zh, en = _SIDES[before]
        raise NotPossible(
            f"本账本此前以{zh}的身份导出过该结对的台账，不能又作另一方。",
            f"This ledger has exported this pairing's register as {en}; it cannot be the other side, too.",
        )
    sending, receiving = places_of(pairing)
    terms = Terms(side, sending, receiving, starts, ends, office, at)
    return _kept(pairing, written(terms, lines_of(pairing, starts, ends), key), True, actor, at)


@transaction.atomic
def receive(
    pairing: Pairing, data: bytes, trust: Trust, *, own: str, actor: Actor, at: datetime.datetime
) -> ExchangeFile:
    """Take a file of the other side, with its key where someone had its fingerprint read aloud.

    Args:
        pairing: the pairing that it shall be of.
        data: the file's bytes.
        trust: what is known of the other side's key.
        own: this ledger's public key.
        actor: who acts.
        at: when.

    Raises:
        NotAllowed: the actor may not keep this pairing's register.
        BadFile: it cannot be taken.
    """
    actor.require(Right.RECORD, pairing.pk)
    take(Turn.REGISTER)
    found = read(data)
    _require_of_pairing(pairing, found.header)
    _require_other_side(pairing, found, own)
    _require_trusted(pairing, found.header.public, trust, actor, at)
    if found.header.holds is Holds.NOTES:
        notes.require_about(found, _comparison_about(pairing, found.header.about))
    else:
        _require_overlap(pairing, found.header)
    return _kept(pairing, data, False, actor, at)


@transaction.atomic
def write_note(
    pairing: Pairing,
    comparison: Comparison,
    row: str,
    text: str,
    *,
    key: SigningKey,
    actor: Actor,
    at: datetime.datetime,
) -> ExchangeFile:
    """Say something of a row of a comparison; "" takes it back. All of this side's notes are signed anew, as one file.

    Raises:
        NotAllowed: the actor may not keep this pairing's register.
        NotPossible: there is no such row, the text is too long, or this ledger has made neither file.
    """
    actor.require(Right.RECORD, pairing.pk)
    take(Turn.REGISTER)
    side = queries.own_side(pairing)
    if side is None or row not in {r.key for r in comparison.rows}:
        raise NotPossible(
            "这次对账没有这一行。请刷新页面再试。", "The comparison has no such row. Load the page again."
        )
    if len(text) > notes.LONGEST:
        raise NotPossible(
            f"说明最多{notes.LONGEST}个字，现有{len(text)}个。",
            f"A note may have {notes.LONGEST} characters at most; this has {len(text)}.",
        )
    last = queries.own_notes(pairing, comparison)
    before = queries.said(pairing, comparison).get(side)
    header = comparison.sending if side is Side.SENDING else comparison.receiving
    after = last.made + datetime.timedelta(seconds=1) if last else at
    terms = Terms(
        side,
        header.sending,
        header.receiving,
        comparison.starts,
        comparison.ends,
        header.office,
        max(at, after),
        comparison.key,
    )
    told = notes.changed(before.notes if before else {}, row, text)
    return _kept(pairing, written(terms, told, key), True, actor, at)


def _require_of_pairing(pairing: Pairing, header: Header) -> None:
    sending, receiving = places_of(pairing)
    if not (header.sending.is_same(sending) and header.receiving.is_same(receiving)):
        raise BadFile(
            f"文件是{header.sending.name}—{header.receiving.name}的，不是{sending.name}—{receiving.name}的。"
            "请在相应的结对下导入，或向对方要本结对的文件。",
            f"The file is of {header.sending.name}–{header.receiving.name}, not of {sending.name}–{receiving.name}. Take it "
            "under its own pairing, or ask for this pairing's file.",
        )


def _require_other_side(pairing: Pairing, found: Opened, own: str) -> None:
    header = found.header
    if header.public == own:
        raise BadFile(
            "这是本账本自己导出的文件。请把它交给对方，并向对方要他们导出的文件。",
            "This file was exported by this very ledger. Hand it to the other side, and ask for theirs.",
        )
    mine = queries.own_side(pairing)
    theirs = ExchangeFile.objects.filter(pairing=pairing, own=False).first()
    if mine is header.side or (theirs and theirs.side != header.side):
        zh, en = _SIDES[header.side]
        other_zh, other_en = _SIDES[header.side.other]
        raise BadFile(
            f"文件是以{zh}的身份导出的，本账本也是{zh}。对账须一方一个：请{other_zh}导出时选对身份。"
            if mine is header.side
            else f"文件是以{zh}的身份导出的，而对方此前一直是{other_zh}。请对方核对导出时选的身份。",
            f"The file was exported as {en}, and this ledger is {en}, too. One of each is needed: have the other office "
            f"export as {other_en}."
            if mine is header.side
            else f"The file was exported as {en}, while the other office was {other_en} so far. Have them check it.",
        )
    if ExchangeFile.objects.filter(pairing=pairing, sha256=found.sha256).exists():
        raise BadFile("这个文件已经导入过，内容一样。", "This very file was taken before.")


def _require_trusted(
    pairing: Pairing, public: str, trust: Trust, actor: Actor, at: datetime.datetime
) -> None:
    """The file is signed with the key that was accepted, or someone accepts its key now."""
    known = queries.accepted(pairing)
    if known and known.public == public:
        return
    if known and not trust.replace:
        raise BadFile(
            f"警告：签名密钥变了！{known.at:%Y-%m-%d}由{known.by}认可的密钥指纹是{fingerprint(known.public)}，"
            "这个文件用的是另一把。可能是对方换了系统，也可能有人冒充。请打电话给对方办公室核实；"
            "确实更换了的，请对方念出新指纹，填入后勾选“更换密钥”再导入。",
            f"Warning: the signing key has changed! The fingerprint accepted on {known.at:%Y-%m-%d} by {known.by} is "
            f"{fingerprint(known.public)}; this file has another. The other office may have a new system, or someone may "
            "pretend to be them. Telephone them; if it is so, have the new fingerprint read aloud, fill it in and tick "
            "“replace the key”.",
        )
    if not is_fingerprint_of(trust.fingerprint, public):
        raise BadFile(
            "填写的指纹与文件的签名密钥不符。请让对方在其“两方对账”页上再念一遍24位指纹；仍不符的，文件不是对方签的，不要使用。"
            if trust.fingerprint.strip()
            else "还不认识签名的密钥。请打电话请对方念出其“两方对账”页上的24位指纹，填入后再导入。只需一次。",
            "The fingerprint does not belong to the key that signed this file. Have the other side read its 24 digits aloud "
            "once more; if they still differ, the file is not theirs: do not use it."
            if trust.fingerprint.strip()
            else "The key that signed this file is not known here. Telephone the other side, have the 24 digits on its page "
            "of exchanges read aloud, fill them in and send the file again. This is needed once.",
        )
    ExchangeKey.objects.filter(pairing=pairing, replaced=False).update(replaced=True)
    ExchangeKey.objects.create(pairing=pairing, public=public, by=actor.name, at=at)
    audit(
        actor,
        "accept exchange key",
        _subject(pairing),
        at=at,
        old={"fingerprint": fingerprint(known.public)} if known else None,
        new={"fingerprint": fingerprint(public), "public": public},
    )


def _require_overlap(pairing: Pairing, header: Header) -> None:
    mine = ExchangeFile.objects.filter(pairing=pairing, own=True, holds=Holds.REGISTER)
    if mine.exists() and not mine.filter(starts__lte=header.ends, ends__gte=header.starts).exists():
        raise BadFile(
            f"文件的时段是{header.starts}至{header.ends}，与本方导出的任何一个时段都没有重叠。请先导出同一时段的本方文件。",
            f"The file covers {header.starts} to {header.ends}, of which no file made here has a day. Export the same period "
            "here first.",
        )


def _comparison_about(pairing: Pairing, about: str) -> Comparison:
    files = ExchangeFile.objects.filter(pairing=pairing, holds=Holds.REGISTER)
    for pair in queries.pairs(list(files)):
        if key_of(pair.sending.sha256, pair.receiving.sha256) == about:
            return queries.comparison_of(pair.sending, pair.receiving)
    raise BadFile(
        "说明文件所说的那次对账，这里还没有。请先导入对方那次用的台账文件，再导入说明。",
        "The comparison that these notes are about is not here yet. Take the register file that the other side used, then "
        "the notes.",
    )


def _kept(pairing: Pairing, data: bytes, own: bool, actor: Actor, at: datetime.datetime) -> ExchangeFile:
    found = read(data)
    header = found.header
    told: dict[str, Any] = {
        "own": own,
        "holds": header.holds.value,
        "side": header.side.value,
        "starts": header.starts,
        "ends": header.ends,
        "office": header.office,
        "made": header.at,
        "lines": header.lines,
        "about": header.about,
    }
    there = ExchangeFile.objects.filter(pairing=pairing, sha256=found.sha256).first()
    if there is not None:
        return there
    file = ExchangeFile.objects.create(pairing=pairing, sha256=found.sha256, by=actor.name, at=at, **told)
    ExchangeContent.objects.create(file=file, data=data)
    shown = {k: v.isoformat() if isinstance(v, datetime.date) else v for k, v in told.items()}
    audit(
        actor,
        "export register" if own else "take exchange file",
        _subject(pairing),
        at=at,
        new={**shown, "sha256": found.sha256},
    )
    return file


def _subject(pairing: Pairing) -> str:
    return f"exchange:{pairing.key}"
