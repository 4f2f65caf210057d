"""Pairings are made and changed; their places are those of the gazetteer."""

import datetime

import msgspec
from django.db import transaction
from django.utils import timezone

from shanhai.catalogue.places import PlaceRecord, load_gazetteer
from shanhai.ledger.actions.filing import recode
from shanhai.ledger.actions.naming import LONGEST_NAME, LONGEST_PLACE, check_key, named
from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import record
from shanhai.ledger.errors import NotPossible, UnclearPlace
from shanhai.ledger.models import Pairing, Statement
from shanhai.ledger.rights import Right
from shanhai.ledger.turns import Turn, take


class PairingDetails(msgspec.Struct, frozen=True):
    """What is told of a pairing.

    Attributes:
        name_zh, name_en: its names; the English one may be empty.
        sending, receiving: the two places' names.
        sending_code, receiving_code: their codes; needed only where a name means several places.
    """

    name_zh: str
    sending: str
    receiving: str
    name_en: str = ""
    sending_code: str = ""
    receiving_code: str = ""


@transaction.atomic
def make_pairing(
    key: str, details: PairingDetails, *, actor: Actor, at: datetime.datetime | None = None
) -> Pairing:
    """Make a pairing.

    Args:
        key: its name in addresses and files: small letters, digits and hyphens; it never changes.
        details: its names and places.
        actor: who makes it.
        at: when.

    Raises:
        NotAllowed: the actor may not keep all pairings.
        NotPossible: the key or a name will not do, or is taken.
        UnclearPlace: a place is unknown, or its name means several.
    """
    actor.require(Right.FILE)
    take(Turn.FILING)
    check_key(key, Pairing.objects)
    columns = _columns(details)
    pairing = Pairing.objects.create(key=key, **columns)
    record(actor, "make pairing", f"pairing:{key}", at=at or timezone.now(), new=columns)
    return pairing


@transaction.atomic
def change_pairing(
    pairing: Pairing, details: PairingDetails, *, actor: Actor, at: datetime.datetime | None = None
) -> Pairing:
    """Change a pairing's names or places; with its receiving place the place codes of its statements change.

    Raises:
        NotAllowed: the actor may not keep the pairing.
        NotPossible: a name will not do, or nothing would change.
        UnclearPlace: a place is unknown, or its name means several.
    """
    actor.require(Right.FILE, pairing.pk)
    take(Turn.FILING)
    pairing = Pairing.objects.get(pk=pairing.pk)
    columns = _columns(details)
    old = {name: getattr(pairing, name) for name in columns if getattr(pairing, name) != columns[name]}
    if not old:
        raise NotPossible("没有什么可改。", "Nothing to change.")
    for name in old:
        setattr(pairing, name, columns[name])
    pairing.save(update_fields=tuple(old))
    changed = recode(pairing, Statement.objects.filter(pairing=pairing)) if "receiving_code" in old else ()
    record(
        actor,
        "change pairing",
        f"pairing:{pairing.key}",
        at=at or timezone.now(),
        old=old,
        new={name: columns[name] for name in old},
        touched=[f"source:{sha256}" for sha256 in changed],
    )
    return pairing


def _columns(details: PairingDetails) -> dict[str, str]:
    sending, sending_code = _place(details.sending, details.sending_code)
    receiving, receiving_code = _place(details.receiving, details.receiving_code)
    return {
        "name_zh": named(details.name_zh, LONGEST_NAME),
        "name_en": named(details.name_en, LONGEST_NAME) if details.name_en.strip() else "",
        "sending": sending,
        "receiving": receiving,
        "sending_code": sending_code,
        "receiving_code": receiving_code,
    }


def _place(name: str, code: str) -> tuple[str, str]:
    """The name of a place and the code that it means."""
    name = named(name, LONGEST_PLACE)
    found = load_gazetteer().named(name)
    now = tuple(r for r in found if r.ends is None) or found
    meant = [r for r in found if r.code == code] if code else now
    if len({r.code for r in meant}) == 1:
        return name, meant[0].code
    candidates = tuple({r.code: (r.code, _full_name(r)) for r in now}.values())
    listed = "、".join(f"{full}（{number}）" for number, full in candidates)
    if not candidates:
        raise UnclearPlace(
            f"地名表中没有“{name}”。请改用行政区划全称。",
            f"The gazetteer knows no place “{name}”. Give its name in full.",
            (),
            name,
        )
    if code:
        raise UnclearPlace(
            f"“{name}”的代码不是{code}。可选：{listed}。",
            f"“{name}” does not have the code {code}. It may be: {listed}.",
            candidates,
            name,
        )
    raise UnclearPlace(
        f"“{name}”可能是：{listed}。请选定一个。",
        f"“{name}” may be: {listed}. Choose one.",
        candidates,
        name,
    )


def _full_name(place: PlaceRecord) -> str:
    above = load_gazetteer().ancestors(place.code)
    return "".join(r.name for r in (*reversed(above), place))
