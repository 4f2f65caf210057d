"""Briefs are sent, their events confirmed by who sent them, and merged into activities by the office."""

import datetime
from collections.abc import Mapping, Sequence
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
from shanhai.programme.actions.records import Refused, Told, context_of, problems_of, put
from shanhai.programme.briefs.doubles import together
from shanhai.programme.briefs.events import Event
from shanhai.programme.briefs.proposing import Proposed, propose
from shanhai.programme.briefs.proposing import Told as Figure
from shanhai.programme.keeping import subject_of
from shanhai.programme.kinds import KINDS, Problem
from shanhai.programme.models import Activity, Brief, BriefItem, Member, Team
from shanhai.programme.values import Unreadable

_ACTIVITY = KINDS["activity"]
FIELDS = ("sort", "name", "day", "ends", "places", "partner", "counts", "amount", "stage")
"""The fields of an activity that a brief tells."""
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
    _told(actor, "send brief", brief, at, None, new)
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


def read_event(pairing: Pairing, told: Mapping[str, str], sentence: str = "") -> Event:
    """The event that a form tells, each field read as the register reads it.

    Raises:
        Refused: something in it cannot be read, or cannot be.
    """
    context, values, problems = context_of(pairing), {}, []
    for name in FIELDS:
        field = _ACTIVITY.field(name)
        try:
            values[name] = field.value.read(told.get(name, ""), context)
        except Unreadable as fault:
            problems.append(Problem(name, fault.zh, fault.en))
    if not problems:
        problems = problems_of(_ACTIVITY, pairing, Told("", values))
    if problems:
        raise Refused(problems)
    places = tuple((code, within) for code, within in values["places"] or ())
    return Event(
        values["sort"],
        values["name"],
        values["day"],
        values["ends"],
        places,
        values["partner"] or "",
        values["counts"] or {},
        values["amount"],
        values["stage"] or "",
        sentence,
    )


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
    _told(actor, "decide brief item", brief, at or timezone.now(), old, new)
    return item


def shown(event: Event) -> dict[str, str]:
    """An event as a form shows it and ``read_event`` reads it."""
    return {name: _ACTIVITY.field(name).value.shown(_value(event, name)) for name in FIELDS}


def _value(event: Event, name: str) -> Any:
    value = getattr(event, name)
    if name == "places":
        return [list(p) for p in value]
    return value or None if isinstance(value, str) else value


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


@transaction.atomic
def merge(
    pairing: Pairing,
    items: Sequence[int],
    *,
    actor: Actor,
    into: str = "",
    at: datetime.datetime | None = None,
) -> Activity:
    """Make one activity of one or several confirmed events, or let them be part of one that the register has.

    Nothing is added up: of each count the largest that was told stands.

    Args:
        pairing: whose register.
        items: ids of the events, all of one sort.
        actor: who merges.
        into: the number of an activity; "" for a new one.
        at: when.

    Raises:
        NotAllowed: the actor does not keep the register.
        NotPossible: an event is not confirmed or merged already, or they are of several sorts.
        Refused: the activity cannot be as they tell it.
    """
    actor.require(Right.RECORD, pairing.pk)
    take(Turn.REGISTER)
    at = at or timezone.now()
    found = list(
        BriefItem.objects.select_for_update(of=("self",))
        .filter(
            pk__in=list(items),
            brief__pairing=pairing,
            brief__state=Brief.State.CONFIRMED,
            state=_Item.CONFIRMED,
        )
        .select_related("brief__team", "brief__member")
        .order_by("pk")
    )
    if not found or len(found) != len(set(items)):
        raise NotPossible(
            "选中的事项有的已并入、已退回或还没有确认。请刷新后再选。",
            "Some of the items are merged, given back or not confirmed. Load the page again.",
        )
    before = Activity.objects.filter(pairing=pairing, key=into, withdrawn=False).first() if into else None
    if into and before is None:
        raise NotPossible(f"台账中没有编号为“{into}”的工作。", f"The register has no activity “{into}”.")
    events = [Event.of(item.proposed) for item in found]
    if before is not None:
        events.append(event_of(before))
    if len({e.sort for e in events}) > 1:
        raise NotPossible("类别不同的事项不能并成一条。", "Items of several sorts cannot be one.")
    activity = put(_ACTIVITY, pairing, _as_told(together(events), found, before), actor=actor, at=at)
    assert isinstance(activity, Activity)
    BriefItem.objects.filter(pk__in=[i.pk for i in found]).update(state=_Item.MERGED, activity=activity)
    _finish(found, activity, actor, at)
    return activity


def event_of(activity: Activity) -> Event:
    """A recorded activity as an event."""
    return Event(
        activity.sort,
        activity.name,
        activity.day,
        activity.ends,
        tuple((code, within) for code, within in activity.places or ()),
        activity.partner,
        dict(activity.counts or {}),
        activity.amount,
        activity.stage,
    )


def _as_told(event: Event, items: list[BriefItem], before: Activity | None) -> Told:
    values: dict[str, Any] = {name: _value(event, name) for name in FIELDS}
    briefs = sorted({item.brief.key for item in items})
    evidence = f"简报{'、'.join(briefs)}"
    if before is None:
        teams = {item.brief.team for item in items}
        members = {item.brief.member for item in items}
        values["team"] = teams.pop() if len(teams) == 1 else None
        values["member"] = members.pop() if len(members) == 1 else None
        return Told("", values, evidence[:300])
    kept = before.evidence
    told = "；".join(part for part in (kept, evidence) if part and (part == kept or part not in kept))
    return Told(before.key, values, told[:300])


def _finish(items: list[BriefItem], activity: Activity, actor: Actor, at: datetime.datetime) -> None:
    """Briefs of which everything is merged are done; the audit tells which became what."""
    briefs = {item.brief_id: item.brief for item in items}
    for brief in sorted(briefs.values(), key=lambda b: b.key):
        state = brief.state
        if not brief.items.filter(state__in=(_Item.PROPOSED, _Item.CONFIRMED)).exists():
            brief.state = Brief.State.MERGED
        brief.revision += 1
        brief.save(update_fields=("state", "revision"))
        numbers = sorted(item.number for item in items if item.brief_id == brief.pk)
        new = {"state": brief.state, "items": numbers, "activity": activity.key}
        _told(actor, "merge brief", brief, at, {"state": state}, new)


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
    _told(actor, action, brief, at or timezone.now(), {"state": old}, {"state": state}, why)
    return brief


def _told(
    actor: Actor, action: str, brief: Brief, at: datetime.datetime, old: Any, new: Any, why: str = ""
) -> None:
    subject = subject_of("brief", brief.pairing.key, brief.key)
    audit(actor, action, subject, at=at, old=old, new=new, why=why.strip())


def _next_key(pairing: Pairing) -> str:
    keys = Brief.objects.filter(pairing=pairing, key__startswith="J").values_list("key", flat=True)
    return f"J{max((int(k[1:]) for k in keys if k[1:].isdecimal()), default=0) + 1}"
