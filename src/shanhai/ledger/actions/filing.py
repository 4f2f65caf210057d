"""Filing: pairings are made and changed, sources are filed under them and gathered in collections.

A source's report, statements and place codes go with it. What reasoning made of them under the pairing before is taken
away at once, so that nobody reads it there who may not read the source; both pairings are then stale until rebuilt.
"""

import datetime
import re
from collections.abc import Iterable

import msgspec
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from shanhai.catalogue.places import PlaceRecord, load_gazetteer
from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import record
from shanhai.ledger.contents import code_of
from shanhai.ledger.errors import NotAllowed, NotPossible, UnclearPlace
from shanhai.ledger.models import Collection, Fact, Finding, Pairing, Promise, Source, Statement
from shanhai.ledger.models import Report as ReportRow
from shanhai.ledger.rights import MEANING, Right
from shanhai.ledger.turns import Turn, take

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_KEY, _LONGEST_NAME, _LONGEST_PLACE = 64, 100, 64


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
    _check_key(key)
    if Pairing.objects.filter(key=key).exists():
        raise NotPossible(f"代号“{key}”已被使用。请换一个。", f"The key “{key}” is taken. Choose another.")
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
    changed = _recode(pairing, Statement.objects.filter(pairing=pairing)) if "receiving_code" in old else ()
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


@transaction.atomic
def file_source(
    source: Source, pairing: Pairing | None, *, actor: Actor, at: datetime.datetime | None = None
) -> Source:
    """File a source under a pairing; under none where it is None.

    Raises:
        NotAllowed: the actor may not file sources of the one pairing or of the other.
        NotPossible: it is filed there already.
    """
    take(Turn.FILING)
    row = ReportRow.objects.select_for_update().filter(source_id=source.pk).first()
    source = Source.objects.select_for_update(of=("self",)).select_related("pairing").get(pk=source.pk)
    before = source.pairing
    actor.require(Right.FILE, before.pk if before else None)
    actor.require(Right.FILE, pairing.pk if pairing else None)
    if before == pairing:
        raise NotPossible("该来源已归在这里。", "The source is filed there already.")
    source.pairing = pairing
    source.save(update_fields=("pairing",))
    if row is not None:
        _withdraw(row, before)
        statements = Statement.objects.filter(report=row)
        statements.update(pairing=pairing)
        _recode(pairing, statements)
    record(
        actor,
        "file",
        f"source:{source.sha256}",
        at=at or timezone.now(),
        old={"pairing": before.key if before else None},
        new={"pairing": pairing.key if pairing else None},
    )
    return source


@transaction.atomic
def make_collection(key: str, name: str, *, actor: Actor, at: datetime.datetime | None = None) -> Collection:
    """Make a collection; there is nothing in it yet.

    Raises:
        NotAllowed: the actor may file nowhere.
        NotPossible: key or name will not do, or the key is taken.
    """
    _require_for_all((), actor)
    take(Turn.FILING)
    _check_key(key)
    name = _named(name, _LONGEST_NAME)
    if Collection.objects.filter(key=key).exists():
        raise NotPossible(f"代号“{key}”已被使用。请换一个。", f"The key “{key}” is taken. Choose another.")
    collection = Collection.objects.create(key=key, name=name)
    record(actor, "make collection", f"collection:{key}", at=at or timezone.now(), new={"name": name})
    return collection


@transaction.atomic
def rename_collection(
    collection: Collection, name: str, *, actor: Actor, at: datetime.datetime | None = None
) -> Collection:
    """Give a collection another name; its key stays.

    Raises:
        NotAllowed: the actor may not file one of its sources.
        NotPossible: the name will not do, or is the one that it has.
    """
    take(Turn.FILING)
    collection = Collection.objects.get(pk=collection.pk)
    _require_for_all(collection.sources.all(), actor)
    name, old = _named(name, _LONGEST_NAME), collection.name
    if name == old:
        raise NotPossible("名称没有变。", "The name is the same as before.")
    collection.name = name
    collection.save(update_fields=("name",))
    subject = f"collection:{collection.key}"
    record(
        actor, "rename collection", subject, at=at or timezone.now(), old={"name": old}, new={"name": name}
    )
    return collection


@transaction.atomic
def put_into(
    collection: Collection, sources: Iterable[Source], *, actor: Actor, at: datetime.datetime | None = None
) -> int:
    """Put sources into a collection.

    Returns:
        how many were not in it.

    Raises:
        NotAllowed: the actor may not file one of the sources.
    """
    return _exchange(collection, sources, True, actor, at)


@transaction.atomic
def take_out(
    collection: Collection, sources: Iterable[Source], *, actor: Actor, at: datetime.datetime | None = None
) -> int:
    """Take sources out of a collection; they stay in the ledger.

    Returns:
        how many were in it.

    Raises:
        NotAllowed: the actor may not file one of the sources.
    """
    return _exchange(collection, sources, False, actor, at)


@transaction.atomic
def delete_collection(
    collection: Collection, *, actor: Actor, reason: str = "", at: datetime.datetime | None = None
) -> None:
    """Delete a collection; its sources stay in the ledger, and the audit keeps which they were.

    Raises:
        NotAllowed: the actor may not file one of its sources.
    """
    take(Turn.FILING)
    collection = Collection.objects.get(pk=collection.pk)
    sources = collection.sources.all()
    _require_for_all(sources, actor)
    old = {"name": collection.name, "sources": sorted(s.sha256 for s in sources)}
    subject = f"collection:{collection.key}"
    collection.delete()
    record(
        actor, "delete collection", subject, at=at or timezone.now(), old=old, new=None, why=reason.strip()
    )


def _exchange(
    collection: Collection,
    sources: Iterable[Source],
    into: bool,
    actor: Actor,
    at: datetime.datetime | None,
) -> int:
    take(Turn.FILING)
    wanted = {s.pk for s in sources}
    there = set(collection.sources.filter(pk__in=wanted).values_list("pk", flat=True))
    changed = Source.objects.filter(pk__in=wanted - there if into else there)
    _require_for_all(Source.objects.filter(pk__in=wanted), actor)
    keys = sorted(changed.values_list("sha256", flat=True))
    if not keys:
        return 0
    if into:
        collection.sources.add(*changed)
    else:
        collection.sources.remove(*changed)
    record(
        actor,
        "put into" if into else "take out",
        f"collection:{collection.key}",
        at=at or timezone.now(),
        old=None if into else {"sources": keys},
        new={"sources": keys} if into else None,
    )
    return len(keys)


def _require_for_all(sources: Iterable[Source], actor: Actor) -> None:
    if not actor.may_somewhere(Right.FILE):
        zh, en = MEANING[Right.FILE]
        raise NotAllowed(
            f"您的账号无权{zh}。请联系管理员。", f"Your account may not {en}. Ask an administrator."
        )
    for pairing in {s.pairing_id for s in sources}:
        actor.require(Right.FILE, pairing)


def _check_key(key: str) -> None:
    if not _KEY.fullmatch(key) or len(key) > _LONGEST_KEY:
        raise NotPossible(
            f"代号“{key[:_LONGEST_KEY]}”只能用小写字母、数字和连字符，至多{_LONGEST_KEY}个字符。",
            f"The key “{key[:_LONGEST_KEY]}” may hold small letters, digits and hyphens only, "
            f"{_LONGEST_KEY} characters at most.",
        )


def _named(name: str, longest: int) -> str:
    name = " ".join(name.split())
    if not name or len(name) > longest:
        raise NotPossible(
            f"名称“{name[:longest]}”须有1至{longest}个字。",
            f"The name “{name[:longest]}” must have 1 to {longest} characters.",
        )
    return name


def _columns(details: PairingDetails) -> dict[str, str]:
    sending, sending_code = _place(details.sending, details.sending_code)
    receiving, receiving_code = _place(details.receiving, details.receiving_code)
    return {
        "name_zh": _named(details.name_zh, _LONGEST_NAME),
        "name_en": _named(details.name_en, _LONGEST_NAME) if details.name_en.strip() else "",
        "sending": sending,
        "receiving": receiving,
        "sending_code": sending_code,
        "receiving_code": receiving_code,
    }


def _place(name: str, code: str) -> tuple[str, str]:
    """The name of a place and the code that it means."""
    name = _named(name, _LONGEST_PLACE)
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


def _withdraw(row: ReportRow, pairing: Pairing | None) -> None:
    """Take away what reasoning made of a report under a pairing."""
    Fact.objects.filter(pairing=pairing, tellings__statement__report=row).delete()
    Finding.objects.filter(pairing=pairing, cited__report=row).delete()
    promises = Promise.objects.filter(pairing=pairing)
    answered = [p.pk for p in promises.exclude(answers=[]) if any(a["report"] == row.pk for a in p.answers)]
    promises.filter(report=row).delete()
    Promise.objects.filter(pk__in=answered).delete()


def _recode(pairing: Pairing | None, statements: QuerySet[Statement]) -> set[str]:
    """Find the codes of places anew: a bare name is looked for first within the receiving place.

    Returns:
        the sha256 of the sources of which a statement changed.
    """
    within = pairing.receiving_code if pairing else ""
    changed: set[str] = set()
    for place in sorted(set(statements.exclude(place="").values_list("place", flat=True))):
        code = code_of(place, within)
        other = statements.filter(place=place).exclude(place_code=code)
        changed.update(other.values_list("report__source__sha256", flat=True))
        other.update(place_code=code)
    return changed
