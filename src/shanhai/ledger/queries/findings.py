"""What the queue of findings asks."""

from collections.abc import Sequence

import msgspec
from django.contrib.auth.models import User
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotPossible
from shanhai.ledger.models import Entry, Fact, Finding, FindingStatement, FindingWork, Membership
from shanhai.ledger.queries.narrowing import of_pairing
from shanhai.ledger.queries.paging import SIZE, Page, Total, number_of, total
from shanhai.ledger.rights import RIGHTS, Right
from shanhai.model import Severity

SEVERITIES = tuple(s.value for s in (Severity.ERROR, Severity.WARNING, Severity.INFO))
"""The most severe first, as in the queue."""
_MOST_WORDS = 5


class FindingFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which findings; what is "" or None does not narrow.

    Attributes:
        pairing: a pairing's key, or ``narrowing.UNFILED``.
        code, severity: as docs/findings.md has them.
        check: the check that speaks.
        words: all of them stand in the message.
        assigned_to: an account's id; 0 for those assigned to no one.
        settled: only those that are settled, or only those that are not.
    """

    pairing: str = ""
    code: str = ""
    severity: str = ""
    check: str = ""
    words: str = ""
    assigned_to: int | None = None
    settled: bool | None = False


class Queued(msgspec.Struct, frozen=True):
    """One finding of the queue, with who sees to it; ``work`` is None where no one has touched it."""

    finding: Finding
    work: FindingWork | None


def findings(actor: Actor, wanted: FindingFilter, after: str = "", size: int = SIZE) -> Page[Queued]:
    """The findings, the most severe first.

    Raises:
        NotThere: the actor sees no such pairing.
        NotPossible: the cursor is none.
    """
    rows = _filtered(actor, wanted).select_related("pairing")
    severities = (wanted.severity,) if wanted.severity else SEVERITIES
    begin, number = _place(after, severities)
    found: list[Finding] = []
    for severity in severities[begin:]:
        narrowed = rows.filter(severity=severity, pk__gt=number).order_by("pk")
        found += narrowed[: size + 1 - len(found)]
        number = 0
        if len(found) > size:
            break
    more = len(found) > size
    cursor = f"{found[size - 1].severity}-{found[size - 1].pk}" if more else ""
    return Page(_with_work(found[:size]), cursor)


def number_of_findings(actor: Actor, wanted: FindingFilter) -> Total:
    """How many findings the whole list has."""
    return total(_filtered(actor, wanted))


def by_severity(actor: Actor, wanted: FindingFilter) -> dict[str, Total]:
    """How many findings of each severity the list has, whichever severity is wanted."""
    every = msgspec.structs.replace(wanted, severity="")
    rows = _filtered(actor, every)
    if wanted.words:  # all messages are read once, not once for each severity
        counted = dict(rows.order_by().values_list("severity").annotate(n=Count("pk")))
        return {severity: Total(counted.get(severity, 0)) for severity in SEVERITIES}
    return {severity: total(rows.filter(severity=severity)) for severity in SEVERITIES}


def work_on(key: str) -> FindingWork | None:
    """Who sees to a finding that the actor was given by ``access.access_finding``; None where no one has touched it."""
    return FindingWork.objects.filter(key=key).select_related("assigned_to").first()


def vanished(actor: Actor, key: str) -> FindingWork | None:
    """The work on a finding that the newest rebuilding raises no more.

    It is not kept which pairing such a finding belonged to, so only who reads everything is told of it.
    """
    if not actor.may(Right.READ):
        return None
    gone = FindingWork.objects.filter(key=key).exclude(key__in=Finding.objects.filter(key=key).values("key"))
    return gone.select_related("assigned_to").first()


def done_about(key: str, most: int = 50) -> list[Entry]:
    """What was done about a finding, the last first; the caller has seen that the actor may see the finding."""
    return list(Entry.objects.filter(subject=f"finding:{key}").order_by("-number")[:most])


def facts_of(actor: Actor, finding: Finding, most: int = 12) -> list[Fact]:
    """The facts that hold a figure which the finding names."""
    named = finding.cited.filter(statement__isnull=False).values("statement")
    touched = access.facts(actor).filter(pairing=finding.pairing_id, tellings__statement__in=named)
    return list(touched.select_related("pairing").distinct().order_by("pk")[:most])


def assignable(actor: Actor) -> list[User]:
    """The accounts that see something that the actor may assign, in the order of their names."""
    allowed = actor.pairings(Right.ASSIGN)
    if allowed is None:
        return _reading(Q())
    return _reading(Q(pairing=None) | Q(pairing__in=list(allowed))) if allowed else []


def assignable_to(actor: Actor, finding: Finding) -> list[User]:
    """The accounts to which the actor may give a finding: those that can see it; none without the right to assign."""
    if not actor.may(Right.ASSIGN, finding.pairing_id):
        return []
    everywhere = Q(pairing=None)
    return _reading(everywhere | Q(pairing=finding.pairing_id) if finding.pairing_id else everywhere)


def _reading(where: Q) -> list[User]:
    roles = [role for role, rights in RIGHTS.items() if Right.READ in rights]
    seeing = Membership.objects.filter(where, role__in=roles).values("user")
    return list(User.objects.filter(is_active=True, pk__in=seeing).order_by("username"))


def cited(finding: Finding, most: int = 200) -> list[FindingStatement]:
    """What a finding names, that the actor was given by ``access.access_finding``; with reports (without contents)."""
    told = finding.cited.select_related("report__source", "statement").defer("report__content")
    return list(told.order_by("pk")[:most])


def _filtered(actor: Actor, wanted: FindingFilter) -> QuerySet[Finding]:
    rows = access.findings(actor).filter(of_pairing(actor, wanted.pairing))
    rows = rows.filter(**{n: v for n in ("code", "severity") if (v := getattr(wanted, n))})
    if wanted.check:
        rows = rows.filter(check_name=wanted.check)
    for word in wanted.words.split()[:_MOST_WORDS]:
        rows = rows.filter(Q(message_zh__icontains=word) | Q(message_en__icontains=word))
    work = FindingWork.objects.filter(key=OuterRef("key"))
    if wanted.assigned_to is not None:
        assigned = work.filter(assigned_to__isnull=False)
        if wanted.assigned_to:
            rows = rows.filter(Exists(assigned.filter(assigned_to=wanted.assigned_to)))
        else:
            rows = rows.filter(~Exists(assigned))
    if wanted.settled is not None:
        settled = Exists(work.filter(settled=True))
        rows = rows.filter(settled if wanted.settled else ~settled)
    return rows


def _place(after: str, severities: Sequence[str]) -> tuple[int, int]:
    """Which severity a page begins in, and after which id."""
    if not after:
        return 0, 0
    severity, _, number = after.partition("-")
    if severity not in severities:
        raise NotPossible(
            f"页码“{after[:30]}”与所选筛选不符。请从列表第一页重新开始。",
            f"“{after[:30]}” is no place in this list. Begin at its first page again.",
        )
    return severities.index(severity), number_of(number)


def _with_work(found: Sequence[Finding]) -> list[Queued]:
    works = FindingWork.objects.filter(key__in=[f.key for f in found]).select_related("assigned_to")
    by_key = {work.key: work for work in works}
    return [Queued(finding, by_key.get(finding.key)) for finding in found]
