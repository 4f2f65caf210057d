"""What registers say to the numbers of a draft, which is in no ledger: the same matching, told as the checker takes it."""

from collections.abc import Iterator, Sequence

import msgspec

from shanhai.ledger.contents import code_of
from shanhai.ledger.models import Pairing
from shanhai.model import Claim, Message
from shanhai.programme.matching.deciding import is_meant, match
from shanhai.programme.matching.register import Holdings, frame_of, is_kept
from shanhai.programme.matching.said import said_of
from shanhai.programme.matching.told import Frame, Matched, Said, Verdict
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.register import Answer, Kept, Says

_MOST = 12
"""So many records are named at one number."""
_SAYS = {Verdict.DIFFERS: Says.DIFFERS, Verdict.UNLIKE: Says.UNLIKE, Verdict.ABSENT: Says.ABSENT}
_FIRST = (Says.BACKED, Says.ROUNDED, Says.DIFFERS, Says.UNLIKE, Says.ABSENT)


class _Register(msgspec.Struct, frozen=True):
    pairing: Pairing
    frame: Frame
    holdings: Holdings


def answers(draft: Evidence, pairings: Sequence[Pairing]) -> list[Answer]:
    """What the registers of pairings say to each number of a draft; nothing where all are empty.

    Where there are several registers, one speaks for or against a number only where the draft says that it is that
    pairing's and no other's: by its place or its team.
    """
    registers = [_Register(p, frame_of(p), Holdings(p)) for p in pairings if is_kept(p)]
    if not registers:
        return []
    told = (c for c in draft.claims if not c.minor and c.value is not None)
    return [_answer(claim, draft, registers) for claim in told]


def _answer(claim: Claim, draft: Evidence, registers: Sequence[_Register]) -> Answer:
    several = len(registers) > 1
    said = [_said(claim, draft, register) for register in registers]
    meant = [not several or is_meant(one, r.frame) for one, r in zip(said, registers, strict=True)]
    found = [
        _one(claim, one, register, several, own and sum(meant) == 1)
        for one, register, own in zip(said, registers, meant, strict=True)
    ]
    return min(found, key=lambda a: (_FIRST.index(a.says), a.says is Says.UNLIKE and not a.records))


def _said(claim: Claim, draft: Evidence, register: _Register) -> Said:
    code = code_of(claim.place, register.pairing.receiving_code) if claim.place else ""
    return said_of(claim, draft.date, code)


def _one(claim: Claim, said: Said, register: _Register, several: bool, meant: bool) -> Answer:
    pairing = register.pairing
    found = match(said, register.holdings.measures(said), register.frame)
    says = _says(said, found)
    why = Message(found.zh, found.en)
    if several:
        why = Message(f"{pairing.name_zh}：{found.zh}", f"{pairing.name_en or pairing.key}: {found.en}")
    if says in (Says.BACKED, Says.ROUNDED, Says.DIFFERS) and not meant:
        says, why = Says.UNLIKE, _whose(why)
    records = tuple(_kept(found, pairing))
    return Answer(claim.start, claim.end, says, why, pairing.key, records, found.count)


def _says(said: Said, found: Matched) -> Says:
    if found.verdict is not Verdict.BACKED:
        return _SAYS[found.verdict]
    return Says.BACKED if found.figure == said.value else Says.ROUNDED


def _whose(why: Message) -> Message:
    return Message(
        f"同时对照了几个结对，文稿没有写明说的是哪一个，不能据此判定。{why.zh}",
        f"Several pairings are asked and the draft does not say which is meant, so nothing is decided by it. {why.en}",
    )


def _kept(found: Matched, pairing: Pairing) -> Iterator[Kept]:
    explaining = {(i.kind, i.key) for i in found.explains}
    others = (i for i in found.items if i.kind and (i.kind, i.key) not in explaining)
    for item in (*found.explains, *others)[:_MOST]:
        yield Kept(pairing.key, item.kind, item.key, (item.kind, item.key) in explaining)
