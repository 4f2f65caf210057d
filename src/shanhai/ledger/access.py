"""The gates: the one way to a stored object, or to a list of them, for someone who acts.

An object that the actor may not see is not there for them: the error is the same as for one that does not exist.
"""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotThere
from shanhai.ledger.models import (
    Collection,
    Fact,
    Finding,
    Pairing,
    Promise,
    Report,
    Review,
    Source,
    Statement,
    Upload,
)
from shanhai.ledger.rights import Right

_T = TypeVar("_T", bound=Model)


def pairings(actor: Actor, right: Right = Right.READ) -> QuerySet[Pairing]:
    """The pairings for which the actor has a right."""
    allowed = actor.pairings(right)
    return Pairing.objects.all() if allowed is None else Pairing.objects.filter(pk__in=allowed)


def sources(actor: Actor) -> QuerySet[Source]:
    """The sources that the actor may see."""
    return Source.objects.filter(_seen(actor, "pairing"))


def reports(actor: Actor) -> QuerySet[Report]:
    """The reports that the actor may see."""
    return Report.objects.filter(_seen(actor, "source__pairing"))


def statements(actor: Actor) -> QuerySet[Statement]:
    """The statements that the actor may see, in whatever state."""
    return Statement.objects.filter(_seen(actor, "pairing"))


def facts(actor: Actor) -> QuerySet[Fact]:
    """The facts that the actor may see."""
    return Fact.objects.filter(_seen(actor, "pairing"))


def findings(actor: Actor) -> QuerySet[Finding]:
    """The findings that the actor may see."""
    return Finding.objects.filter(_seen(actor, "pairing"))


def promises(actor: Actor) -> QuerySet[Promise]:
    """The promises that the actor may see."""
    return Promise.objects.filter(_seen(actor, "pairing"))


def reviews(actor: Actor) -> QuerySet[Review]:
    """The decisions about reports that the actor may see."""
    return Review.objects.filter(_seen(actor, "report__source__pairing"))


def collections(actor: Actor) -> QuerySet[Collection]:
    """All collections; of their sources the actor sees those that ``sources`` gives."""
    return Collection.objects.all() if actor.may_somewhere(Right.READ) else Collection.objects.none()


def uploads(actor: Actor) -> QuerySet[Upload]:
    """The actor's own uploads; all of them for one who files sources."""
    if actor.pairings(Right.FILE) is None:
        return Upload.objects.all()
    return Upload.objects.filter(Q(by=actor.name) | _seen(actor, "pairing", Right.FILE))


def access_pairing(actor: Actor, key: str, right: Right = Right.READ) -> Pairing:
    """The pairing with a key."""
    found = pairings(actor).filter(key=key).first()
    return _checked(actor, right, found, found.pk if found else None)


def access_source(actor: Actor, sha256: str, right: Right = Right.READ) -> Source:
    """The source with a sha256."""
    found = sources(actor).filter(sha256=sha256).first()
    return _checked(actor, right, found, found.pairing_id if found else None)


def access_report(actor: Actor, number: int, right: Right = Right.READ) -> Report:
    """The report with an id."""
    found = reports(actor).filter(pk=number).select_related("source").first()
    return _checked(actor, right, found, found.source.pairing_id if found else None)


def access_statement(actor: Actor, key: str, right: Right = Right.READ) -> Statement:
    """The statement with a key."""
    found = statements(actor).filter(key=key).select_related("report__source").first()
    return _checked(actor, right, found, found.pairing_id if found else None)


def access_fact(actor: Actor, number: int, right: Right = Right.READ) -> Fact:
    """The fact with an id; ids change when facts are rebuilt."""
    found = facts(actor).filter(pk=number).first()
    return _checked(actor, right, found, found.pairing_id if found else None)


def access_finding(actor: Actor, key: str, right: Right = Right.READ) -> Finding:
    """The finding with a key."""
    found = findings(actor).filter(key=key).first()
    return _checked(actor, right, found, found.pairing_id if found else None)


def access_review(actor: Actor, number: int, right: Right = Right.READ) -> Review:
    """The decision with an id."""
    found = reviews(actor).filter(pk=number).select_related("report__source").first()
    return _checked(actor, right, found, found.report.source.pairing_id if found else None)


def access_promise(actor: Actor, number: int, right: Right = Right.READ) -> Promise:
    """The promise with an id; ids change when promises are rebuilt."""
    found = promises(actor).filter(pk=number).first()
    return _checked(actor, right, found, found.pairing_id if found else None)


def access_collection(actor: Actor, key: str) -> Collection:
    """The collection with a key; who may change it is asked by the actions, source by source."""
    return _checked(actor, None, collections(actor).filter(key=key).first(), None)


def access_upload(actor: Actor, number: int) -> Upload:
    """The upload with an id."""
    return _checked(actor, None, uploads(actor).filter(pk=number).first(), None)


def _seen(actor: Actor, path: str, right: Right = Right.READ) -> Q:
    allowed = actor.pairings(right)
    return Q() if allowed is None else Q(**{f"{path}__in": list(allowed)})


def _checked(actor: Actor, right: Right | None, found: _T | None, pairing: int | None) -> _T:
    if found is None:
        raise NotThere(
            "找不到该内容，或您的账号看不到它。请从列表重新进入。",
            "There is nothing here that your account can see. Go back to the list and try again.",
        )
    if right is not None:
        actor.require(right, pairing)
    return found
