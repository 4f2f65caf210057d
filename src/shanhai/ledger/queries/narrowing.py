"""Filters that several lists share: by pairing, by place."""

from django.db.models import Q

from shanhai.ledger.access import access_pairing
from shanhai.ledger.actors import Actor

UNFILED = "-"
"""In the place of a pairing's key: what is filed under none."""


def of_pairing(actor: Actor, key: str, path: str = "pairing") -> Q:
    """What belongs to the pairing with a key; all where it is "".

    Raises:
        NotThere: the actor sees no such pairing.
    """
    if not key:
        return Q()
    return Q(**{path: None}) if key == UNFILED else Q(**{path: access_pairing(actor, key).pk})


def in_place(code: str) -> Q:
    """What is told of the place with a code, and of all that lies in it: 540000 takes in 540300 and 540321."""
    if not code:
        return Q()
    stem = code
    while len(stem) > 2 and stem.endswith("00"):
        stem = stem[:-2]
    if stem == code:
        return Q(place_code=code)
    return Q(place_code__gte=stem, place_code__lt=stem[:-1] + chr(ord(stem[-1]) + 1))
