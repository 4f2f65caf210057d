"""What registers say to the numbers of a draft, as the checker takes it: the best of its sources.

How a number is held against a register is decided where registers are kept (``programme.matching``), and nowhere else.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

import msgspec

from shanhai.catalogue.grading import load_grading
from shanhai.model import Cited, Claim, Code, Fact, Finding, Grade, GradePart, Message, Severity, Verdict

CHECK = "register"
"""The name under which findings speak of registers."""


class Says(StrEnum):
    """What a register says to a number: it bears it out, it bears it out once rounded, it has another figure, it counts
    something else or cannot tell, it has nothing."""

    BACKED = "backed"
    ROUNDED = "rounded"
    DIFFERS = "differs"
    UNLIKE = "unlike"
    ABSENT = "absent"


class Kept(msgspec.Struct, frozen=True):
    """A record of which the register's figure is made; ``explains``: it makes up the difference."""

    pairing: str
    kind: str
    key: str
    explains: bool = False


class Answer(msgspec.Struct, frozen=True):
    """What the register says to one number.

    Attributes:
        start, end: where the number stands in the draft's source text.
        says: what it says.
        why: one sentence that says so.
        register: whose register it is, "" where none of several is meant.
        records: some of the records that its figure is made of, those that explain a difference first.
        count: of how many records it is made.
    """

    start: int
    end: int
    says: Says
    why: Message
    register: str = ""
    records: tuple[Kept, ...] = ()
    count: int = 0


_DECIDES = {Says.BACKED: Verdict.BACKED, Says.ROUNDED: Verdict.ROUNDED, Says.DIFFERS: Verdict.DIFFERS}
_CODES = {
    Says.BACKED: (Code.ADDS_UP, Severity.INFO),
    Says.ROUNDED: (Code.ADDS_UP, Severity.INFO),
    Says.DIFFERS: (Code.CONTRADICTED, Severity.ERROR),
    Says.UNLIKE: (Code.NOT_COMPARABLE, Severity.INFO),
}
_SETTLES = {
    Says.DIFFERS: Message(
        "请打开所列记录核对：台账有误的，更正记录；文稿有误的，改正数字。",
        "Open the records: correct them where the register is wrong, the number where the draft is.",
    ),
    Says.UNLIKE: Message(
        "要与台账相比，请写明时间、地点和口径。",
        "To hold it against the register, say which period, which place and what exactly is counted.",
    ),
}
_NOTHING = Message("无需处理。", "Nothing to do.")

Answers = Mapping[tuple[int, int], Answer]


def by_place(answers: Sequence[Answer]) -> Answers:
    """Answers by where their numbers stand."""
    return {(a.start, a.end): a for a in answers}


def decided(answer: Answer | None) -> Verdict | None:
    """The verdict that a register alone decides; None where it cannot tell."""
    return _DECIDES.get(answer.says) if answer else None


def findings(claims: Sequence[Claim], answers: Answers) -> list[Finding]:
    """A finding for each number to which a register says something."""
    asked = ((claim, answers.get((claim.start, claim.end))) for claim in claims)
    return [_finding(claim, answer) for claim, answer in asked if answer is not None and _tells(answer)]


def _tells(answer: Answer) -> bool:
    """Whether an answer is worth telling: what cannot be compared, only where there is something like it."""
    return answer.says in _CODES and (answer.says is not Says.UNLIKE or bool(answer.records))


def _finding(claim: Claim, answer: Answer) -> Finding:
    code, severity = _CODES[answer.says]
    detail: dict[str, object] = {"check": CHECK, "register": answer.register}
    if answer.records:
        detail["records"] = [f"{r.kind}:{r.pairing}/{r.key}" for r in answer.records]
        detail["records_in_all"] = answer.count
    if letter := _letter(answer):
        detail["grade"] = letter
    return Finding(
        code, severity, answer.why, (Cited.of(claim),), detail, _SETTLES.get(answer.says, _NOTHING)
    )


def _letter(answer: Answer) -> str:
    rule = load_grading().register
    if answer.says is Says.DIFFERS:
        return rule.differs
    return rule.backed if answer.says in _DECIDES else ""


def graded(fact: Fact, doc: str, answers: Answers) -> Fact:
    """A fact with the grade that the register gives to a number of the draft that stands for it; else as it was."""
    for cited in fact.supporting:
        answer = answers.get((cited.start, cited.end)) if cited.doc == doc else None
        letter = _letter(answer) if answer else ""
        if answer and letter:
            part = GradePart(CHECK, int(answer.says is not Says.DIFFERS), 1, answer.why)
            old = fact.grade
            grade = Grade(letter, old.points + part.points, old.out_of + part.out_of, (part, *old.parts))
            return msgspec.structs.replace(fact, grade=grade)
    return fact
