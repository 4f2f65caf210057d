"""Collections gather sources of any pairing under a name."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from shanhai.ledger.actions.naming import LONGEST_NAME, check_key, named
from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import record
from shanhai.ledger.errors import NotAllowed, NotPossible
from shanhai.ledger.models import Collection, Source
from shanhai.ledger.rights import MEANING, Right
from shanhai.ledger.turns import Turn, take


@transaction.atomic
def make_collection(key: str, name: str, *, actor: Actor, at: datetime.datetime | None = None) -> Collection:
    """Make a collection; there is nothing in it yet.

    Raises:
        NotAllowed: the actor may file nowhere.
        NotPossible: key or name will not do, or the key is taken.
    """
    _require_for_all((), actor)
    take(Turn.FILING)
    check_key(key, Collection.objects)
    name = named(name, LONGEST_NAME)
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
    name, old = named(name, LONGEST_NAME), collection.name
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
