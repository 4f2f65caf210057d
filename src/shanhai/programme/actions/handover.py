"""Hand-over: what is open is proposed as matters, the list is completed and signed; a signed list stays as it is."""

import datetime

from django.db import transaction
from django.utils import timezone

from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import record as audit
from shanhai.ledger.errors import NotPossible
from shanhai.ledger.models import Pairing
from shanhai.ledger.rights import Right
from shanhai.ledger.turns import Turn, take
from shanhai.programme.actions.records import Told, put_all
from shanhai.programme.handover.listing import hash_of, matters_of
from shanhai.programme.handover.open import Asked, open_matters
from shanhai.programme.keeping import subject_of
from shanhai.programme.kinds.terms import MATTER
from shanhai.programme.models import Handover, OpenMatter


@transaction.atomic
def propose(
    pairing: Pairing,
    key: str,
    *,
    actor: Actor,
    day: datetime.date,
    at: datetime.datetime | None = None,
) -> int:
    """Put everything that is open on a hand-over's list, but for what stands on it; how many matters were added.

    Args:
        pairing, key: the hand-over.
        actor: who acts.
        day: as of when.
        at: when it is done.

    Raises:
        NotAllowed: the actor may not keep this pairing's register.
        NotPossible: the list is signed, or there is none.
    """
    handover = _unsigned(pairing, key, actor)
    # a matter that was taken off the list is not proposed again
    there = OpenMatter.objects.filter(handover=handover).values_list("about", "summary")
    known = {(about, summary.partition("：")[0]) for about, summary in there}
    found = open_matters(Asked(pairing, handover.from_term, day, actor))
    told = [
        Told("", {"handover": handover, "about": p.about, "summary": p.summary, "due": p.due})
        for p in found
        if (p.about, p.sort) not in known
    ]
    put_all(MATTER, pairing, told, actor=actor, why=f"hand-over {key}", at=at)
    return len(told)


@transaction.atomic
def sign(
    pairing: Pairing,
    key: str,
    *,
    day: datetime.date,
    given_by: str,
    taken_by: str,
    actor: Actor,
    at: datetime.datetime | None = None,
) -> Handover:
    """Close a list with the names of those who signed it and the day; its hash is kept from then on.

    Raises:
        NotAllowed: the actor may not keep this pairing's register.
        NotPossible: it is signed, is empty, lacks a name, or a matter has neither a successor nor a note.
    """
    handover = _unsigned(pairing, key, actor)
    given, taken = (" ".join(name.split()) for name in (given_by, taken_by))
    _require_names(given, taken)
    _require_complete(handover)
    before = {name: getattr(handover, name) for name in ("given_by", "taken_by")}
    old = {**before, "day": handover.day and handover.day.isoformat(), "signed": ""}
    handover.day, handover.given_by, handover.taken_by = day, given, taken
    handover.signed = hash_of(handover)
    handover.revision += 1
    handover.save()
    new = {"given_by": given, "taken_by": taken, "day": day.isoformat(), "signed": handover.signed}
    audit(
        actor,
        "sign hand-over",
        subject_of("handover", pairing.key, key),
        at=at or timezone.now(),
        old=old,
        new=new,
    )
    return handover


def _unsigned(pairing: Pairing, key: str, actor: Actor) -> Handover:
    actor.require(Right.RECORD, pairing.pk)
    take(Turn.REGISTER)
    rows = Handover.objects.select_for_update(of=("self",)).select_related("from_term", "to_term", "pairing")
    found = rows.filter(pairing=pairing, key=key, withdrawn=False).first()
    if found is None:
        raise NotPossible(f"台账中没有编号为“{key}”的交接。", f"The register has no hand-over “{key}”.")
    if found.signed:
        raise NotPossible(
            f"交接清单{key}已于{found.day}签字，不能再改。有变动的，请另建一份交接清单。",
            f"The hand-over list {key} was signed on {found.day} and stays as it is. For what changed since, make another "
            "list.",
        )
    return found


def _require_names(given: str, taken: str) -> None:
    if not given or not taken or max(len(given), len(taken)) > 60:
        raise NotPossible(
            "请写明移交人和接手人的姓名，各不超过60个字。",
            "Give the names of who hands over and who takes over, with 60 characters each at most.",
        )


def _require_complete(handover: Handover) -> None:
    matters = matters_of(handover)
    if not matters:
        raise NotPossible(
            "清单是空的。请先汇集未了事项；确实没有的，也请登记一条写明。",
            "The list is empty. Gather the open matters first; where there are none, say so in one matter.",
        )
    lacking = [m.key for m in matters if m.successor is None and not m.note]
    if lacking:
        listed = "、".join(lacking[:10]) + ("等" if len(lacking) > 10 else "")
        raise NotPossible(
            f"有{len(lacking)}项既没有接手队员，也没有交接说明：{listed}。请逐项补上，再签字。",
            f"{len(lacking)} matters have neither a successor nor a note: {', '.join(lacking[:10])}. Complete them before "
            "signing.",
        )
