"""A need and an offer are brought together, and what came of it is followed up; both records change with the match."""

import datetime

from django.db import transaction
from django.utils import timezone

from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotPossible
from shanhai.ledger.models import Pairing
from shanhai.ledger.rights import Right
from shanhai.ledger.turns import Turn, take
from shanhai.programme.actions.records import Told, put
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import Match, Need, Project
from shanhai.programme.models.record import LONGEST_KEY
from shanhai.programme.values import Context, Unreadable

_FINAL = (Match.State.DONE, Match.State.FAILED)


@transaction.atomic
def bring_together(
    pairing: Pairing,
    need: str,
    offer: str,
    *,
    actor: Actor,
    due: datetime.date | None = None,
    at: datetime.datetime | None = None,
) -> Match:
    """Match a need with an offer; both are no longer open.

    Raises:
        NotAllowed: the actor may not keep this pairing's register.
        NotPossible: one of them is not there, or no longer open.
    """
    actor.require(Right.RECORD, pairing.pk)
    take(Turn.REGISTER)
    at = at or timezone.now()
    sides = [_open(pairing, need, Need.Side.ASKED), _open(pairing, offer, Need.Side.OFFERED)]
    day = timezone.localdate(at)
    values = {"need": sides[0], "offer": sides[1], "day": day, "due": due, "state": Match.State.PROPOSED}
    made = put(KINDS["match"], pairing, Told("", values), actor=actor, at=at)
    assert isinstance(made, Match)
    for side in sides:
        put(KINDS["need"], pairing, Told(side.key, {"state": Need.State.MATCHED}), actor=actor, at=at)
    return made


@transaction.atomic
def follow_up(
    pairing: Pairing,
    key: str,
    state: str,
    note: str,
    *,
    actor: Actor,
    project: str | None = None,
    revision: int | None = None,
    at: datetime.datetime | None = None,
) -> Match:
    """Say how far a match is. Done, its need is met; failed, need and offer are open again.

    Args:
        pairing, key: which match.
        state, note: how far it is, and what is to be said of it.
        actor: who says so.
        project: the number of the project that came of it; "" for none, None where nothing is said of it.
        revision: the match as it was seen.
        at: when.

    Raises:
        NotAllowed: the actor may not keep this pairing's register.
        NotPossible: there is no such match, state or project, or the match has come to its end.
        Conflict: someone changed it after it was seen.
    """
    actor.require(Right.RECORD, pairing.pk)
    take(Turn.REGISTER)
    at = at or timezone.now()
    match = (
        Match.objects.select_related("need", "offer")
        .filter(pairing=pairing, key=key, withdrawn=False)
        .first()
    )
    if match is None or state not in Match.State.values:
        raise NotPossible(
            "没有这条对接，或没有这种进展。请刷新后再试。",
            "There is no such match or state. Load the page again.",
        )
    if match.state in _FINAL:
        raise NotPossible(
            "这条对接已经了结，不能再改。", "This match has come to its end and stays as it is."
        )
    values: dict[str, object] = {"state": state, "note": _note(note)}
    if project is not None:
        values["project"] = _project(pairing, project.strip())
    told = Told(key, values, revision=revision)
    made = put(KINDS["match"], pairing, told, actor=actor, at=at)
    assert isinstance(made, Match)
    after = {Match.State.DONE: Need.State.MET, Match.State.FAILED: Need.State.OPEN}.get(Match.State(state))
    if after is not None:
        for side in (match.need, match.offer):
            put(KINDS["need"], pairing, Told(side.key, {"state": after}), actor=actor, at=at)
    return made


def _note(told: str) -> str:
    try:
        return KINDS["match"].field("note").value.read(told, Context()) or ""
    except Unreadable as error:
        raise NotPossible(error.zh, error.en) from error


def _project(pairing: Pairing, key: str) -> Project | None:
    if not key:
        return None
    found = Project.objects.filter(pairing=pairing, key=key, withdrawn=False).first()
    if found is None:
        raise NotPossible(
            f"台账中没有编号为“{key[:LONGEST_KEY]}”的项目。请先登记项目，或改正编号。",
            f"The register has no project “{key[:LONGEST_KEY]}”. Enter it first, or correct the number.",
        )
    return found


def _open(pairing: Pairing, key: str, side: str) -> Need:
    found = Need.objects.filter(pairing=pairing, key=key, side=side, withdrawn=False).first()
    if found is None or found.state != Need.State.OPEN:
        raise NotPossible(
            f"“{key}”不在待对接之列。请刷新后再选。",
            f"“{key}” is not open to be matched. Load the page again.",
        )
    return found
