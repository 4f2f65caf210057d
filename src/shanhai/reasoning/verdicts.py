"""Verdicts: what each number of a draft is worth beside its evidence, and why, in one sentence."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from shanhai.model import Cited, Claim, Code, Fact, Finding, Message, Severity, Status, Verdict, numerals
from shanhai.reasoning.case import Case
from shanhai.reasoning.checked import Judged
from shanhai.reasoning.checks import promises
from shanhai.reasoning.comparing.cards import Card, alike, compare, same_topic
from shanhai.reasoning.facts.grouping import Group
from shanhai.reasoning.register import CHECK as REGISTER
from shanhai.reasoning.register import Answer, Answers, Says, decided

_SAME_WORDS = 0.6
_BY_CODE = (
    (Code.DOES_NOT_ADD_UP, Verdict.DOES_NOT_ADD_UP),
    (Code.CONTRADICTED, Verdict.DIFFERS),
    (Code.RECYCLED, Verdict.REPEATS),
)
"""The findings that decide before any source is looked for, the worst first."""
_WHY = {
    Verdict.DOES_NOT_ADD_UP: Message(
        "与文中其他数对不上。", "It does not fit the other figures in the text."
    ),
    Verdict.DIFFERS: Message("与其他材料说的不同：{}。", "Other material says otherwise: {}."),
    Verdict.REPEATS: Message(
        "与另一时期或另一队伍的数相同：{}，可能是旧数。",
        "The same figure was given for another period or team: {}; it may be out of date.",
    ),
    Verdict.DEFINITION: Message(
        "有相近的数，但口径不同，不能直接比较：{}。",
        "A similar figure exists, but it counts something else, so the two cannot be compared: {}.",
    ),
    Verdict.ROUNDED: Message("取整后与其他材料相符：{}。", "It agrees with other material once rounded: {}."),
    Verdict.BACKED: Message("与其他材料相符：{}。", "Other material says the same: {}."),
    Verdict.PROMISED: Message(
        "其他材料只说过将要做到，没有说已经做到：{}。",
        "Other material only promises it and does not say that it has been done: {}.",
    ),
    Verdict.NO_SOURCE: Message(
        "在给出的材料中找不到这个数的来源。", "The material given has no source for it."
    ),
}
_ASK = Message(
    "请补上来源：台账、批复或已发布的材料；查不到来源的，不写，或注明待核。",
    "Add a source for each: the register, an approval or published material. Leave out what has none, or mark it as unchecked.",
)
_NOTHING = Message("无需处理。", "Nothing to do.")


class Told(msgspec.Struct):
    """What the evidence tells of one number."""

    same: list[Card]
    rounded: list[Card]
    promised: list[Card]
    apart: list[Card]


def judged(
    case: Case, groups: Sequence[Group], findings: Sequence[Finding], answers: Answers
) -> tuple[Judged, ...]:
    """A verdict for each number of the draft, which is the first report of the case, in text order.

    What does not add up within the draft goes before all else, then what the register says, then what reports say.
    """
    draft = case.evidence[0]
    naming: Mapping[Cited, list[Finding]] = defaultdict(list)
    for finding in findings:
        for cited in finding.claims:
            naming[cited].append(finding)
    told = _told(groups)
    return tuple(
        _with_register(
            _judged(claim, naming.get(Cited.of(claim), []), told.get(id(claim))),
            answers.get((claim.start, claim.end)),
        )
        for claim in draft.claims
    )


def _with_register(told: Judged, answer: Answer | None) -> Judged:
    """A number's verdict with what the register says to it, which goes before what reports say."""
    if answer is None:
        return told
    verdict = decided(answer)
    if told.verdict is Verdict.DOES_NOT_ADD_UP or verdict is None:
        alone = told.verdict is Verdict.NO_SOURCE
        if alone and answer.says is Says.UNLIKE and answer.records:
            return msgspec.structs.replace(told, verdict=Verdict.DEFINITION, why=answer.why, register=answer)
        return msgspec.structs.replace(told, register=answer)
    return msgspec.structs.replace(told, verdict=verdict, why=answer.why, register=answer)


def _told(groups: Sequence[Group]) -> dict[int, Told]:
    """For each claim of the draft what other reports tell of the same thing, a release that it copies among them."""
    found: dict[int, Told] = {}
    alike_valued: dict[object, list[Card]] = defaultdict(list)
    for group in groups:
        for card in group.cards:
            if card.evidence:
                alike_valued[_value(card)].append(card)
    promised = [g for g in groups if g.first.claim.status is Status.EXPECTED and g.first.evidence]
    for group in groups:
        own = [c for c in group.cards if c.evidence == 0]
        others = [c for c in group.cards if c.evidence]
        for card in own:
            told = Told([], [], [], [])
            for other in others:
                if other.claim.value == card.claim.value and other.unit == card.unit:
                    told.same.append(other)
                elif other.interval.meets(card.interval):
                    told.rounded.append(other)
                else:
                    told.apart.append(other)
            if not others:
                told.same = [c for c in alike_valued.get(_value(card), ()) if _tells_too(c, card)]
            if not others and not told.same and card.claim.status is not Status.EXPECTED:
                told.promised = [c for g in promised for c in g.cards if _promises(c, card)]
            found[id(card.claim)] = told
    return found


def _value(card: Card) -> object:
    return card.unit, card.claim.kind, card.claim.value, card.claim.upper


def _tells_too(other: Card, card: Card) -> bool:
    """Whether a card of another report tells the same value of the same thing, though it leaves the time, the place or
    the team unsaid that the draft tells, or tells what the draft leaves unsaid."""
    if not same_topic(card, other) or alike(card, other) < _SAME_WORDS:
        return False
    comparison = compare(card, other)
    return comparison is not None and not comparison.differs


def _promises(other: Card, card: Card) -> bool:
    """Whether a card of another report promises what a card of the draft tells as done."""
    if not other.evidence or not same_topic(card, other) or alike(card, other) < _SAME_WORDS:
        return False
    comparison = compare(card, other)
    telling = comparison is not None and set(comparison.differs) <= {"status", "stage"}
    return (
        telling
        and "place" not in (comparison.unsaid if comparison else ())
        and card.interval.meets(other.interval)
    )


def _judged(claim: Claim, findings: list[Finding], told: Told | None) -> Judged:
    codes = {f.code for f in findings if f.detail.get("check") != REGISTER}
    verdict = next((v for code, v in _BY_CODE if code in codes), None)
    others = told or Told([], [], [], [])
    supporting, opposing = [*others.same, *others.rounded, *others.promised], others.apart
    kept = _kept(claim, findings)
    if verdict is None:
        if others.same:
            verdict = Verdict.BACKED
        elif others.rounded:
            verdict = Verdict.ROUNDED
        elif Code.NOT_COMPARABLE in codes:
            verdict = Verdict.DEFINITION
        elif others.promised or kept:
            verdict = Verdict.PROMISED
        else:
            verdict = Verdict.NO_SOURCE
    decides = {v: code for code, v in _BY_CODE} | {Verdict.DEFINITION: Code.NOT_COMPARABLE}
    against = [
        c
        for f in findings
        if f.code is decides.get(verdict)
        for c in f.claims
        if c.doc != claim.doc or f.code is Code.CONTRADICTED
    ]
    agreeing = [Cited.of(c.claim) for c in supporting] or (kept if verdict is Verdict.PROMISED else [])
    shown = against or agreeing
    cited = tuple(dict.fromkeys([*against, *(Cited.of(c.claim) for c in opposing)]))
    return Judged(
        claim,
        verdict,
        _why(verdict, [c for c in shown if c != Cited.of(claim)]),
        tuple(agreeing),
        tuple(c for c in cited if c != Cited.of(claim)),
        tuple(findings),
    )


def _kept(claim: Claim, findings: Sequence[Finding]) -> list[Cited]:
    """What other reports promise in the same figure, where the draft alone says that it has been done."""
    told = [f.claims for f in findings if f.code is Code.ADDS_UP and f.detail.get("check") == promises.CHECK]
    return [
        promise
        for promise, *answers in told
        if promise.doc != claim.doc
        and all(answer.doc == claim.doc for answer in answers)
        and numerals(promise.quote) == claim.digits
    ]


def _why(verdict: Verdict, shown: Sequence[Cited]) -> Message:
    names = list(dict.fromkeys(f"《{c.doc}》“{''.join(c.quote.split())}”" for c in shown))
    zh = "、".join(names[:2]) + ("等" if len(names) > 2 else "")
    english = list(dict.fromkeys(f"{c.doc} ({''.join(c.quote.split())})" for c in shown))
    en = ", ".join(english[:2]) + (" and others" if len(english) > 2 else "")
    why = _WHY[verdict]
    return Message(why.zh.format(zh), why.en.format(en))


def sourced(numbers: Sequence[Judged], facts: Sequence[Fact], *, given: bool) -> list[Finding]:
    """A finding for each number that other reports back, where the register does not say it, and one for all those that it does not mention."""
    grades = {cited: fact.grade for fact in facts for cited in fact.supporting}
    found = [
        _backed(j, grades)
        for j in numbers
        if j.verdict in (Verdict.BACKED, Verdict.ROUNDED) and decided(j.register) is None
    ]
    bare = [j.claim for j in numbers if j.verdict is Verdict.NO_SOURCE and not j.claim.minor]
    return [*found, _bare(bare, given)] if bare else found


def _backed(j: Judged, grades: Mapping[Cited, object]) -> Finding:
    cited = Cited.of(j.claim)
    grade = grades.get(cited)
    detail = {"check": "sources", "sources": len({c.doc for c in j.supporting})}
    if grade is not None:
        detail["grade"] = getattr(grade, "letter", None)
    return Finding(Code.ADDS_UP, Severity.INFO, j.why, (cited, *j.supporting), detail, _NOTHING)


def _bare(claims: Sequence[Claim], given: bool) -> Finding:
    if given:
        zh = f"在给出的材料中，有{len(claims)}个数找不到来源。"
        en = f"The material given has no source for {_figures(len(claims))}."
    else:
        zh = f"没有可对照的材料，{len(claims)}个数无从核对。"
        en = f"There is no other material, so {_figures(len(claims))} cannot be checked."
    return Finding(
        Code.UNVERIFIABLE,
        Severity.INFO,
        Message(zh, en),
        tuple(Cited.of(c) for c in claims),
        {"check": "sources", "figures": len(claims)},
        _ASK,
    )


def _figures(number: int) -> str:
    return "1 figure" if number == 1 else f"{number} figures"
