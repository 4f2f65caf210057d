"""Seeing to findings: one is given to an account or taken back, settled with a reason, or opened again.

What people do about a finding is kept by its key and outlives the rebuilding. Each action names how the work stood when
its reader saw it (``standing``): where someone else did something in between, the second is told and nothing is lost.
"""

import datetime
import hashlib
from typing import Any

import msgspec
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import record
from shanhai.ledger.errors import Conflict, NotPossible
from shanhai.ledger.models import Finding, FindingWork
from shanhai.ledger.rights import Right


def standing(work: FindingWork | None) -> str:
    """How the work on a finding stands, in a few letters; "" where nobody has done anything about it."""
    if work is None:
        return ""
    told = [work.assigned_to_id, work.settled, work.because, work.by, work.at.astimezone(datetime.UTC)]
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()[:16]


@transaction.atomic
def assign(
    finding: Finding, to: User | None, seen: str, *, actor: Actor, at: datetime.datetime | None = None
) -> FindingWork:
    """Give a finding to an account, or take it back from the one that has it.

    Args:
        finding: the finding.
        to: the account; None to take it back.
        seen: how the work stood when the actor saw it (``standing``).
        actor: who assigns it.
        at: when.

    Raises:
        NotAllowed: the actor may not assign findings of the pairing.
        NotPossible: the account is closed, may not see the finding or has it already, or nobody has it.
        Conflict: someone else did something about the finding in between.
    """
    actor.require(Right.ASSIGN, finding.pairing_id)
    if to is not None and not Actor.of(to).may(Right.READ, finding.pairing_id):
        raise NotPossible(
            f"账号“{to.get_username()}”看不到这个问题，不能分派给它。请先给它相应的角色。",
            f"The account “{to.get_username()}” cannot see this finding. Give it a role for the pairing first.",
        )
    work = _work(finding, seen, actor)
    if work.assigned_to_id == (to.pk if to else None):
        raise NotPossible(
            "该问题已经是这样分派的，没有什么可改。",
            "The finding is assigned like this already; nothing to change.",
        )
    old = {"assigned_to": work.assigned_to.get_username() if work.assigned_to else None}
    work.assigned_to = to
    new = {"assigned_to": to.get_username() if to else None}
    return _keep(work, "assign", actor, at, old, new)


@transaction.atomic
def settle(
    finding: Finding, because: str, seen: str, *, actor: Actor, at: datetime.datetime | None = None
) -> FindingWork:
    """Say that a finding is settled, and why.

    Args:
        finding: the finding.
        because: the reason; it must not be empty.
        seen: how the work stood when the actor saw it (``standing``).
        actor: who settles it.
        at: when.

    Raises:
        NotAllowed: the actor may not settle findings of the pairing.
        NotPossible: there is no reason, or the finding is settled.
        Conflict: someone else did something about the finding in between.
    """
    actor.require(Right.SETTLE, finding.pairing_id)
    because = because.strip()
    if not because:
        raise NotPossible("请写明因何解决。", "Say why the finding is settled.")
    work = _work(finding, seen, actor)
    if work.settled:
        raise NotPossible("该问题已经解决。", "The finding is settled already.")
    work.settled, work.because = True, because
    return _keep(work, "settle", actor, at, {"settled": False}, {"settled": True}, why=because)


@transaction.atomic
def reopen(
    finding: Finding, seen: str, *, actor: Actor, reason: str = "", at: datetime.datetime | None = None
) -> FindingWork:
    """Say that a finding is not settled after all.

    Raises:
        NotAllowed: the actor may not settle findings of the pairing.
        NotPossible: the finding is not settled.
        Conflict: someone else did something about the finding in between.
    """
    actor.require(Right.SETTLE, finding.pairing_id)
    work = _work(finding, seen, actor)
    if not work.settled:
        raise NotPossible("该问题尚未解决。", "The finding is not settled.")
    old = {"settled": True, "because": work.because}
    work.settled, work.because = False, ""
    return _keep(work, "reopen", actor, at, old, {"settled": False}, why=reason.strip())


def _work(finding: Finding, seen: str, actor: Actor) -> FindingWork:
    """The work on a finding, locked, if it stands as its reader saw it."""
    _, made = FindingWork.objects.get_or_create(
        key=finding.key, defaults={"by": actor.name, "at": timezone.now()}
    )
    work = FindingWork.objects.select_for_update(of=("self",)).get(key=finding.key)
    if ("" if made else standing(work)) != seen:
        raise _conflict(None if made else work)
    return work


def _conflict(work: FindingWork | None) -> Conflict:
    if work is None:
        return Conflict(
            "该问题的处理情况已经改变。请刷新页面后再试。",
            "The work on this finding has changed. Load the page again.",
            by="",
            decision="",
        )
    when = timezone.localtime(work.at).strftime("%Y-%m-%d %H:%M")
    return Conflict(
        f"{work.by} 已于 {when} 处理过该问题。您的操作没有保存；请查看后再定。",
        f"{work.by} did something about this finding on {when}. What you did was not stored; look at it and decide again.",
        by=work.by,
        decision="settle" if work.settled else "assign" if work.assigned_to_id else "reopen",
    )


def _keep(
    work: FindingWork,
    action: str,
    actor: Actor,
    at: datetime.datetime | None,
    old: dict[str, Any],
    new: dict[str, Any],
    why: str = "",
) -> FindingWork:
    work.by, work.at = actor.name, at or timezone.now()
    work.save()
    record(actor, action, f"finding:{work.key}", at=work.at, old=old, new=new, why=why)
    return work
