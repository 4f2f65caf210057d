"""What the pages of pairings and collections ask."""

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotAllowed
from shanhai.ledger.models import Collection, Pairing, Source
from shanhai.ledger.rights import MEANING, Right


def require_filing(actor: Actor) -> None:
    """Refuse who may file nowhere.

    Raises:
        NotAllowed: the actor may not file.
    """
    if not actor.may_somewhere(Right.FILE):
        zh, en = MEANING[Right.FILE]
        raise NotAllowed(
            f"您的账号无权{zh}。请联系管理员。", f"Your account may not {en}. Ask an administrator."
        )


def pairings(actor: Actor, words: str = "") -> QuerySet[Pairing]:
    """The pairings that the actor may keep, each with ``filed``, the number of its sources.

    Raises:
        NotAllowed: the actor may file nowhere.
    """
    require_filing(actor)
    filed = Source.objects.filter(pairing=OuterRef("pk")).order_by().values("pairing").annotate(n=Count("pk"))
    found = access.pairings(actor, Right.FILE).annotate(filed=Subquery(filed.values("n")))
    if words:
        names = ("name_zh", "name_en", "key", "sending", "receiving")
        found = found.filter(Q(*((f"{name}__icontains", words) for name in names), _connector=Q.OR))
    return found.order_by("key")


def collections(actor: Actor) -> QuerySet[Collection]:
    """The collections, each with ``seen``, the number of its sources that the actor may see."""
    seen = Count("sources", filter=Q(sources__in=access.sources(actor)))
    return access.collections(actor).annotate(seen=seen).order_by("key")


def sources_of(actor: Actor, collection: Collection) -> QuerySet[Source]:
    """The sources of a collection that the actor may see."""
    return access.sources(actor).filter(collections=collection).select_related("pairing").order_by("pk")
