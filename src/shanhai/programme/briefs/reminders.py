"""Who has a brief to send, as a calendar file (RFC 5545); the same input makes the same bytes."""

import datetime
from collections.abc import Sequence

import msgspec
from icalendar import Alarm, Calendar, Event

_BEFORE = datetime.timedelta(days=-2)


class Due(msgspec.Struct, frozen=True):
    """One brief that is missing: of whom (a record's key), what is shown, and when it is due."""

    key: str
    zh: str
    en: str
    day: datetime.date


def calendar(pairing: str, due: Sequence[Due], at: datetime.datetime, *, english: bool = False) -> bytes:
    """The reminders as a calendar.

    Args:
        pairing: the pairing's key, part of each entry's identity, so that a calendar that takes the file again has
            each entry once.
        due: what is missing.
        at: when the file is made.
        english: whether its texts are in English.
    """
    made = Calendar()
    made.add("prodid", "-//shanhai//briefs//ZH")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for one in sorted(due, key=lambda d: (d.day, d.key)):
        entry = Event()
        entry.add("uid", f"{pairing}-{one.day:%Y-%m}-{one.key}@shanhai")
        entry.add("dtstamp", at.astimezone(datetime.UTC))
        entry.add("dtstart", one.day)
        entry.add("dtend", one.day + datetime.timedelta(days=1))
        entry.add("summary", one.en if english else one.zh)
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", one.en if english else one.zh)
        alarm.add("trigger", _BEFORE)
        entry.add_component(alarm)
        made.add_component(entry)
    told: bytes = made.to_ical()
    return told
