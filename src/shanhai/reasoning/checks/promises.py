"""What has become of promises: open, due, delayed, contradicted or kept."""

from collections.abc import Iterable, Iterator

from shanhai.model import Code, Finding, Message, PromiseState, Severity
from shanhai.reasoning.case import Case
from shanhai.reasoning.promises.following import Kept, followed

CHECK = "promises"

_FOUND = {
    PromiseState.OPEN: (Code.PROMISE_OPEN, Severity.INFO),
    PromiseState.DELAYED: (Code.PROMISE_OPEN, Severity.WARNING),
    PromiseState.DUE: (Code.PROMISE_DUE, Severity.WARNING),
    PromiseState.CONTRADICTED: (Code.CONTRADICTED, Severity.WARNING),
    PromiseState.KEPT: (Code.ADDS_UP, Severity.INFO),
}


def find(case: Case) -> Iterator[Finding]:
    """One finding for each promise of the case."""
    return told(followed(case), case)


def told(followed: Iterable[Kept], case: Case) -> Iterator[Finding]:
    """One finding for each promise that was followed."""
    for kept in followed:
        promise = kept.promise
        code, severity = _FOUND[promise.state]
        if promise.state is PromiseState.CONTRADICTED and kept.pledge.claim is not None:
            code = Code.PROMISE_DUE
        yield Finding(
            code,
            severity,
            _message(kept, case),
            (promise.cited, *promise.answers),
            {
                "check": CHECK,
                "state": promise.state.value,
                "due": promise.due,
                "what": promise.what,
                "later_due": kept.later_due,
            },
            _settles(kept),
        )


def _message(kept: Kept, case: Case) -> Message:
    """What was promised, for when, and what has become of it."""
    promise = kept.promise
    zh = f"《{promise.cited.doc}》承诺：“{promise.what}”（{promise.cited.quote}）"
    en = f"{promise.cited.doc} promises: “{promise.what}” ({promise.cited.quote})"
    due_zh = f"期限 {promise.due}" if promise.due else "未说明期限"
    due_en = f"due {promise.due}" if promise.due else "no date given"
    told = "、".join(dict.fromkeys(a.doc for a in promise.answers))
    quote = promise.answers[-1].quote if promise.answers else ""
    state_zh, state_en = {
        PromiseState.OPEN: ("此后尚无下文。", "nothing later speaks of it yet."),
        PromiseState.DUE: (
            f"到{case.on}已过期，没有报告说明已经兑现。",
            f"by {case.on} it is overdue, and no report tells that it came about.",
        ),
        PromiseState.DELAYED: (
            f"《{told}》改为 {kept.later_due}（“{quote}”）。",
            f"{told} puts it off until {kept.later_due} (“{quote}”).",
        ),
        PromiseState.CONTRADICTED: (
            f"《{told}》所说未达到承诺（“{quote}”）。",
            f"what {told} tells falls short of it (“{quote}”).",
        ),
        PromiseState.KEPT: (
            f"《{told}》说明已经兑现（“{quote}”）。",
            f"{told} tells it as kept (“{quote}”).",
        ),
    }[promise.state]
    return Message(f"{zh}，{due_zh}；{state_zh}", f"{en}, {due_en}; {state_en}")


def _settles(kept: Kept) -> Message:
    """What would settle the promise."""
    state = kept.promise.state
    if state is PromiseState.KEPT:
        return Message("如需确认：验收或交付记录。", "To be sure: the record of acceptance or hand-over.")
    if state is PromiseState.CONTRADICTED:
        return Message(
            "核对口径和时间后，说明为何未达到承诺，或更正数字。",
            "After comparing definition and time: why it fell short, or a corrected figure.",
        )
    if state is PromiseState.OPEN and kept.promise.due is None:
        return Message(
            "补充完成期限，或说明现状。", "A date by which it is to come about, or how it stands now."
        )
    if state is PromiseState.DELAYED:
        return Message("说明推迟的原因和新的期限。", "Why it was put off, and the new date.")
    return Message("到期后的进展或完成记录。", "A record of progress or completion at the due date.")
