"""Briefs are sent, and their events confirmed by who sent them; ``merging`` makes activities of them."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import record as audit
from shanhai.ledger.contents import claim_of
from shanhai.ledger.errors import NotAllowed, NotPossible
from shanhai.ledger.models import STANDING, Pairing, Source, Statement
from shanhai.ledger.packing import report_of
from shanhai.ledger.rights import MEANING, Right
from shanhai.ledger.turns import Turn, take
from shanhai.programme.briefs.events import Event
from shanhai.programme.briefs.fields import read_event, shown
from shanhai.programme.briefs.proposing import Proposed, propose
from shanhai.programme.briefs.proposing import Told as Figure
from shanhai.programme.keeping import subject_of
from shanhai.programme.models import Brief, BriefItem, Member, Team

_OPEN = (Brief.State.SENT, Brief.State.RETURNED)
_Item = BriefItem.State


@transaction.atomic
def send(
    pairing: Pairing,
    team: Team,
    member: Member | None,
    month: datetime.date,
    *,
    actor: Actor,
    source: Source | None = None,
    at: datetime.datetime | None = None,
) -> Brief:
    """Send a brief: the events of its text are proposed; without a text it begins empty.

    Args:
        pairing: whose brief.
        team: the team or group that it is of.
        member: who reports; None where the group does.
        month: any day of the month.
        actor: who sends it.
        source: its text, received under the pairing.
        at: when.

    Raises:
        NotAllowed: the actor may not send briefs.
        NotPossible: team, member, month or text cannot be.
    """
    actor.require(Right.REPORT, pairing.pk)
    take(Turn.REGISTER)
    at = at or timezone.now()
    month = month.replace(day=1)
    _require_fitting(pairing, team, member, month, source, timezone.localdate(at))
    brief = Brief.objects.create(
        pairing=pairing,
        key=_next_key(pairing),
        team=team,
        member=member,
        month=month,
        source=source,
        sent_by=actor.name,
    )
    for number, one in enumerate(_proposed(source, month), 1):
        item = BriefItem.objects.create(brief=brief, number=number, proposed=one.event.plain())
        item.statements.set(one.statements)
    new = {
        "team": team.key,
        "member": member.key if member else "",
        "month": f"{month:%Y-%m}",
        "source": source.sha256 if source else "",
        "items": brief.items.count(),
    }
    tell(actor, "send brief", brief, at, None, new)
    return brief


def _require_fitting(
    pairing: Pairing,
    team: Team,
    member: Member | None,
    month: datetime.date,
    source: Source | None,
    today: datetime.date,
) -> None:
    if team.pairing_id != pairing.pk or team.withdrawn:
        raise NotPossible("请选择本结对的工作队。", "Choose a team of this pairing.")
    if member is not None and (member.team_id != team.pk or member.withdrawn):
        raise NotPossible("该队员不属于所选的工作队。", "The member does not belong to the team.")
    if month > today:
        raise NotPossible(
            "月份还没有到。请选择本月或以前。",
            "That month is yet to come. Choose this one or an earlier one.",
        )
    if source is None:
        return
    if source.pairing_id != pairing.pk:
        raise NotPossible(
            "这份材料不在本结对名下。请在来源页归入本结对后再报送。",
            "This text is not filed under the pairing. File it there first.",
        )
    before = Brief.objects.filter(source=source, withdrawn=False).first()
    if before is not None:
        raise NotPossible(
            f"同一份材料已作为简报{before.key}报送。要改请打开那一份。",
            f"The same text was sent as brief {before.key}. Open that one to change it.",
        )


def _proposed(source: Source | None, month: datetime.date) -> list[Proposed]:
    row = getattr(source, "report", None) if source else None
    if row is None:
        return []
    report = report_of(row)
    standing = Statement.objects.filter(report=row, state__in=STANDING).order_by("start", "end", "pk")
    told = []
    for statement in standing:
        claim = claim_of(statement, row.doc)
        span = report.map.to_mended_span(claim.sentence.start, claim.sentence.end)
        told.append(
            Figure(statement.pk, claim, report.text[span.start : span.end].strip(), statement.place_code)
        )
    return propose(told, month)


@transaction.atomic
def decide(
    brief: Brief,
    number: int,
    state: str,
    *,
    actor: Actor,
    told: Mapping[str, str] | None = None,
    at: datetime.datetime | None = None,
) -> BriefItem:
    """Confirm an event, as proposed or as corrected, or drop it; number 0 adds one that the text does not tell.

    Raises:
        NotAllowed: it is someone else's brief.
        NotPossible: the brief has been confirmed already.
        Refused: something in what is told cannot be.
    """
    brief = _locked(brief, actor)
    if state not in (_Item.CONFIRMED, _Item.DROPPED):
        raise NotPossible("请选择确认或不登记。", "Confirm it or drop it.")
    if number:
        item = brief.items.filter(number=number).first()
        if item is None:
            raise NotPossible("简报中没有这一条。", "The brief has no such item.")
    else:
        last = brief.items.order_by("-number").first()
        item = BriefItem(brief=brief, number=last.number + 1 if last else 1, proposed={})
    old = {"state": item.state, "proposed": item.proposed} if item.pk else None
    if state == _Item.CONFIRMED:
        before = Event.of(item.proposed) if item.pk else Event()
        if told is None:
            told = shown(before)
        item.proposed = read_event(brief.pairing, told, before.sentence).plain()
    item.state = state
    item.save()
    new = {"number": item.number, "state": state, "proposed": item.proposed}
    tell(actor, "decide brief item", brief, at or timezone.now(), old, new)
    return item


@transaction.atomic
def confirm(brief: Brief, *, actor: Actor, at: datetime.datetime | None = None) -> Brief:
    """Hand the brief to the office, once every event is decided.

    Raises:
        NotAllowed: it is someone else's brief.
        NotPossible: events wait for a decision.
    """
    brief = _locked(brief, actor)
    waiting = brief.items.filter(state=_Item.PROPOSED).count()
    if waiting:
        raise NotPossible(
            f"还有{waiting}条没有确认。请逐条确认、修改或选择不登记。",
            f"{waiting} items wait. Confirm, correct or drop each.",
        )
    there = brief.items.filter(state=_Item.CONFIRMED).exists()
    return _turned(brief, Brief.State.CONFIRMED if there else Brief.State.MERGED, actor, at)


@transaction.atomic
def give_back(brief: Brief, why: str, *, actor: Actor, at: datetime.datetime | None = None) -> Brief:
    """Give a confirmed brief back to its sender.

    Raises:
        NotAllowed: the actor does not keep the register.
        NotPossible: no reason is given, it is not confirmed, or something of it is merged already.
    """
    actor.require(Right.RECORD, brief.pairing_id)
    take(Turn.REGISTER)
    brief = Brief.objects.select_for_update(of=("self",)).get(pk=brief.pk)
    if not why.strip():
        raise NotPossible("请写明退回的原因。", "Say why it is given back.")
    if brief.state != Brief.State.CONFIRMED or brief.items.filter(state=_Item.MERGED).exists():
        raise NotPossible(
            "只有待合并、还没有并入的简报可以退回。",
            "Only a confirmed brief of which nothing is merged goes back.",
        )
    return _turned(brief, Brief.State.RETURNED, actor, at, why)


def may_change(brief: Brief, actor: Actor) -> bool:
    """Whether an actor may decide about a brief while it is open: its sender, or who keeps the register."""
    own = actor.may(Right.REPORT, brief.pairing_id) and brief.sent_by == actor.name
    return own or actor.may(Right.RECORD, brief.pairing_id)


def _locked(brief: Brief, actor: Actor) -> Brief:
    """The brief, for its sender or the office, while it is open."""
    if not may_change(brief, actor):
        zh, en = MEANING[Right.RECORD]
        raise NotAllowed(
            f"只有报送人和有权{zh}的账号可以改这份简报。",
            f"Only its sender, or who may {en}, changes this brief.",
        )
    take(Turn.REGISTER)
    found = Brief.objects.select_for_update(of=("self",)).select_related("pairing").get(pk=brief.pk)
    if found.state not in _OPEN or found.withdrawn:
        raise NotPossible(
            "这份简报已交给办公室，不能再改。需要修改请办公室退回。",
            "This brief is with the office and cannot be changed. The office can give it back.",
        )
    return found


def _turned(brief: Brief, state: str, actor: Actor, at: datetime.datetime | None, why: str = "") -> Brief:
    old = brief.state
    brief.state = state
    brief.revision += 1
    brief.save(update_fields=("state", "revision"))
    action = "give back brief" if state == Brief.State.RETURNED else "confirm brief"
    tell(actor, action, brief, at or timezone.now(), {"state": old}, {"state": state}, why)
    return brief


def tell(
    actor: Actor, action: str, brief: Brief, at: datetime.datetime, old: Any, new: Any, why: str = ""
) -> None:
    """The audit's entry of what was done with a brief."""
    subject = subject_of("brief", brief.pairing.key, brief.key)
    audit(actor, action, subject, at=at, old=old, new=new, why=why.strip())


def _next_key(pairing: Pairing) -> str:
    keys = Brief.objects.filter(pairing=pairing, key__startswith="J").values_list("key", flat=True)
    return f"J{max((int(k[1:]) for k in keys if k[1:].isdecimal()), default=0) + 1}"
