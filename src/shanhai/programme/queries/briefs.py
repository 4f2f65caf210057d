"""What the pages of briefs ask: a month's briefs, who is missing, what waits to be merged and may be told twice."""

import datetime
from collections.abc import Sequence

import msgspec
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotThere
from shanhai.ledger.models import Pairing
from shanhai.ledger.rights import Right
from shanhai.programme.briefs.doubles import Alike, doubles
from shanhai.programme.briefs.events import Event
from shanhai.programme.briefs.fields import event_of
from shanhai.programme.models import Activity, Brief, BriefItem, Member

_AROUND = datetime.timedelta(days=4)
_MOST = 500


def briefs(actor: Actor) -> QuerySet[Brief]:
    """The briefs that the actor may see: they name members, so that who may not see members sees none."""
    allowed = actor.pairings(Right.PEOPLE)
    found = Brief.objects.filter(withdrawn=False)
    return found if allowed is None else found.filter(pairing__in=list(allowed))


def access_brief(actor: Actor, pairing: Pairing, key: str) -> Brief:
    """The brief of a number.

    Raises:
        NotThere: there is none that the actor may see.
    """
    related = ("pairing", "team", "member", "source")
    found = briefs(actor).filter(pairing=pairing, key=key).select_related(*related).first()
    if found is None:
        raise NotThere(
            "找不到该简报，或您的账号看不到它。请从列表重新进入。",
            "There is no such brief that your account can see. Go back to the list and try again.",
        )
    return found


def of_month(actor: Actor, pairing: Pairing, month: datetime.date) -> list[Brief]:
    """A month's briefs, with how many of their events wait (``waiting``) and stand (``there``)."""
    found = briefs(actor).filter(pairing=pairing, month=month).select_related("team", "member", "source")
    counted = found.annotate(
        waiting=Count("items", filter=Q(items__state=BriefItem.State.PROPOSED)),
        there=Count("items", filter=~Q(items__state=BriefItem.State.DROPPED)),
    )
    return list(counted.order_by("team__key", "key"))


def missing(actor: Actor, pairing: Pairing, month: datetime.date) -> list[Member]:
    """Members in post in a month of whom no brief is there, neither their own nor their group's."""
    if not actor.may(Right.PEOPLE, pairing.pk):
        return []
    after = (month.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
    in_post = Member.objects.filter(pairing=pairing, withdrawn=False, starts__lt=after).filter(
        Q(ends=None, team__term__ends__gte=month) | Q(ends__gte=month)
    )
    sent = Brief.objects.filter(pairing=pairing, month=month, withdrawn=False)
    own = sent.exclude(member=None).values("member")
    groups = sent.filter(member=None).values("team")
    told = in_post.exclude(pk__in=own).exclude(team__in=groups).select_related("team")
    return list(told.order_by("team__key", "key"))


def of_activity(actor: Actor, activity: Activity) -> list[Brief]:
    """The briefs that an activity was made of, as far as the actor may see them."""
    items = BriefItem.objects.filter(activity=activity, brief=OuterRef("pk"))
    found = briefs(actor).filter(Exists(items), pairing=activity.pairing_id)
    return list(found.select_related("pairing", "team", "member").order_by("pk"))


class ToMerge(msgspec.Struct, frozen=True):
    """An event that waits to be merged, and what it may be one with, by key."""

    item: BriefItem
    event: Event
    alike: tuple[Alike, ...]


def to_merge(pairing: Pairing) -> tuple[list[ToMerge], dict[str, Activity]]:
    """The confirmed events of a pairing that wait, oldest first, and the activities that some may be told again of."""
    found = list(
        BriefItem.objects.filter(
            brief__pairing=pairing,
            brief__state=Brief.State.CONFIRMED,
            brief__withdrawn=False,
            state=BriefItem.State.CONFIRMED,
        )
        .select_related("brief__team", "brief__member")
        .order_by("brief__month", "brief__key", "number")[:_MOST]
    )
    events = [(str(item.pk), Event.of(item.proposed)) for item in found]
    known = _near(pairing, [event for _, event in events])
    pairs = doubles(events, [(key, event_of(a)) for key, a in known.items()])
    by_key: dict[str, list[Alike]] = {}
    for pair in pairs:
        by_key.setdefault(pair.one, []).append(pair)
        if pair.other not in known:
            turned = msgspec.structs.replace(pair, one=pair.other, other=pair.one)
            by_key.setdefault(pair.other, []).append(turned)
    rows = [
        ToMerge(item, event, tuple(by_key.get(key, ())))
        for item, (key, event) in zip(found, events, strict=True)
    ]
    return rows, known


def _near(pairing: Pairing, events: Sequence[Event]) -> dict[str, Activity]:
    days = [e.day for e in events if e.day]
    if not days:
        return {}
    found = Activity.objects.filter(
        pairing=pairing,
        withdrawn=False,
        sort__in={e.sort for e in events},
        day__gte=min(days) - _AROUND,
        day__lte=max(days) + _AROUND,
    )
    return {activity.key: activity for activity in found.order_by("key")}
