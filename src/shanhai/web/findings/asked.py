"""What the address of a list asks for; what is no choice is refused with its name."""

from collections.abc import Collection, Sequence

from django.contrib.auth.models import User
from django.http import QueryDict

from shanhai.ledger.errors import NotPossible
from shanhai.ledger.queries.findings import SEVERITIES, FindingFilter
from shanhai.ledger.queries.promises import PromiseFilter
from shanhai.model import Code, PromiseState
from shanhai.web.findings.words import CHECKS

WORK = {"": False, "settled": True, "all": None}
"""Whether settled findings are wanted, by what the address says."""
ME, NO_ONE = "~me", "~none"
"""Stand in an address for oneself and for no account; no account's name begins so."""
_LONGEST = 100


def of_findings(asked: QueryDict, me: int | None, people: Sequence[User]) -> FindingFilter:
    """The filter of the queue.

    Args:
        asked: the address.
        me: the reader's account.
        people: the accounts by which the reader may filter.

    Raises:
        NotPossible: a value is no choice.
    """
    return FindingFilter(
        pairing=asked.get("pairing", ""),
        code=_one_of(asked, "code", [c.value for c in Code]),
        severity=_one_of(asked, "severity", SEVERITIES),
        check=_one_of(asked, "check", CHECKS),
        words=words(asked),
        assigned_to=_assigned(asked.get("who", ""), me, people),
        settled=WORK[_one_of(asked, "work", WORK)],
    )


def of_promises(asked: QueryDict) -> PromiseFilter:
    """The filter of the promises.

    Raises:
        NotPossible: a value is no choice.
    """
    return PromiseFilter(
        pairing=asked.get("pairing", ""),
        state=_one_of(asked, "state", [s.value for s in PromiseState]),
        words=words(asked),
    )


def words(asked: QueryDict) -> str:
    """The words that are looked for."""
    return asked.get("q", "").replace("\0", "").strip()[:_LONGEST]


def _one_of(asked: QueryDict, name: str, choices: Collection[str]) -> str:
    value = asked.get(name, "")
    if value and value not in choices:
        raise _no_choice(value)
    return value


def _assigned(who: str, me: int | None, people: Sequence[User]) -> int | None:
    if not who:
        return None
    if who == NO_ONE:
        return 0
    if who == ME:
        return me or -1
    for user in people:
        if user.get_username() == who:
            return user.pk
    raise _no_choice(who)


def _no_choice(value: str) -> NotPossible:
    return NotPossible(
        f"没有“{value[:30]}”这个筛选条件。请从列表第一页重新选择。",
        f"“{value[:30]}” is no choice of this filter. Choose again from the list.",
    )
