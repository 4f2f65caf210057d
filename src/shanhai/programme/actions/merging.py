"""The office merges confirmed events of briefs into activities; nothing is added up, and nothing is told twice."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotPossible
from shanhai.ledger.models import Pairing
from shanhai.ledger.rights import Right
from shanhai.ledger.turns import Turn, take
from shanhai.programme.actions.briefs import tell
from shanhai.programme.actions.records import Told, put
from shanhai.programme.briefs.doubles import together
from shanhai.programme.briefs.events import Event
from shanhai.programme.briefs.fields import FIELDS, event_of, value_of
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import Activity, Brief, BriefItem

_ACTIVITY = KINDS["activity"]
_Item = BriefItem.State


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


def _as_told(event: Event, items: list[BriefItem], before: Activity | None) -> Told:
    values: dict[str, Any] = {name: value_of(event, name) for name in FIELDS}
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
        tell(actor, "merge brief", brief, at, {"state": state}, new)
