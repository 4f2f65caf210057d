"""What the page of needs and offers asks: what is open on both sides, what may fit, what is under way; overdue first."""

import datetime

import msgspec

from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing
from shanhai.programme.access import records
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import Match, Need
from shanhai.programme.needs.suggesting import Said, Suggested, suggest

_MOST = 200
_FINAL = (Match.State.DONE, Match.State.FAILED)


class Both(msgspec.Struct, frozen=True):
    """Needs and offers of a pairing.

    Attributes:
        needs, offers: those that are open, overdue first.
        under_way: matches that have not come to their end, overdue first.
        ended: those that have, the newest first.
        suggested: by need, the offers that may meet it.
    """

    needs: tuple[Need, ...]
    offers: tuple[Need, ...]
    under_way: tuple[Match, ...]
    ended: tuple[Match, ...]
    suggested: dict[str, list[Suggested]]


def of_pairing(actor: Actor, pairing: Pairing, area: str = "") -> Both:
    """Needs, offers and matches of a pairing that the actor may see; of one area where it is told."""
    told = records(actor, KINDS["need"]).filter(pairing=pairing, state=Need.State.OPEN)
    matches = (
        records(actor, KINDS["match"]).filter(pairing=pairing).select_related("need", "offer", "project")
    )
    if area:
        told, matches = told.filter(area=area), matches.filter(need__area=area)
    found = sorted(told, key=_overdue_first)
    needs = tuple(n for n in found if n.side == Need.Side.ASKED)[:_MOST]
    offers = tuple(n for n in found if n.side == Need.Side.OFFERED)[:_MOST]
    under_way = sorted(matches.exclude(state__in=_FINAL), key=_overdue_first)
    ended = matches.filter(state__in=_FINAL).order_by("-day", "-pk")[:20]
    return Both(
        needs,
        offers,
        tuple(under_way[:_MOST]),
        tuple(ended),
        suggest([_said(n) for n in needs], map(_said, offers)),
    )


def _overdue_first(one: Need | Match) -> tuple[datetime.date, datetime.date, int]:
    return (one.due or datetime.date.max, one.day, one.pk)


def _said(need: Need) -> Said:
    return Said(need.key, need.summary, need.area, tuple(code for code, *_ in need.places or ()))
