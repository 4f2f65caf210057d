"""Requests about plans that wait for someone who may approve them."""

from django.db.models import QuerySet

from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing
from shanhai.ledger.rights import Right
from shanhai.programme.models import PlanVersion


def waiting(actor: Actor, pairing: Pairing | None = None) -> QuerySet[PlanVersion]:
    """The versions that were asked for and that the actor may decide about, the oldest first."""
    found = PlanVersion.objects.filter(state=PlanVersion.State.ASKED, project__withdrawn=False)
    allowed = actor.pairings(Right.APPROVE)
    if allowed is not None:
        found = found.filter(project__pairing__in=list(allowed))
    if pairing is not None:
        found = found.filter(project__pairing=pairing)
    return found.select_related("project__pairing").order_by("asked_at", "pk")
