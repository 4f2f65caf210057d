"""An event of a brief as the fields of an activity: how a form shows it, how it is read, what a recorded activity is as one."""

from collections.abc import Mapping
from typing import Any

from shanhai.ledger.models import Pairing
from shanhai.programme.actions.records import Refused, Told, context_of, problems_of
from shanhai.programme.briefs.events import Event
from shanhai.programme.kinds import KINDS, Problem
from shanhai.programme.models import Activity
from shanhai.programme.values import Unreadable

_ACTIVITY = KINDS["activity"]
FIELDS = ("sort", "name", "day", "ends", "places", "partner", "counts", "amount", "stage")
"""The fields of an activity that a brief tells."""


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


def shown(event: Event) -> dict[str, str]:
    """An event as a form shows it and ``read_event`` reads it."""
    return {name: _ACTIVITY.field(name).value.shown(value_of(event, name)) for name in FIELDS}


def value_of(event: Event, name: str) -> Any:
    """What an event tells for a field, as a record takes it."""
    value = getattr(event, name)
    if name == "places":
        return [list(p) for p in value]
    return value or None if isinstance(value, str) else value


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
