"""The list that both sides of a hand-over sign, and its hash: the same matters, the same hash."""

import hashlib
from typing import Any

import msgspec

from shanhai.programme.models import Handover, OpenMatter

_ENCODER = msgspec.json.Encoder(order="deterministic")


def matters_of(handover: Handover) -> list[OpenMatter]:
    """The matters of a hand-over that stand, in the order of the list."""
    found = OpenMatter.objects.filter(handover=handover, withdrawn=False).select_related("successor")
    return sorted(found, key=lambda m: (len(m.key), m.key))


def hash_of(handover: Handover) -> str:
    """The hash of a list: of who hands over what to whom. What becomes of a matter later does not change it."""
    told: list[Any] = [
        handover.pairing.key,
        handover.key,
        handover.from_term.key,
        handover.to_term.key,
        handover.day and handover.day.isoformat(),
        handover.given_by,
        handover.taken_by,
    ]
    told += [
        [
            m.key,
            m.about,
            m.summary,
            m.due and m.due.isoformat(),
            [m.successor.key, m.successor.name] if m.successor else None,
            m.note,
        ]
        for m in matters_of(handover)
    ]
    return hashlib.sha256(_ENCODER.encode(told)).hexdigest()
