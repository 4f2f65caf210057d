"""Plans asked for and approved, told in a form's words; what the audit says last."""

from programme.conftest import NOON
from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import head
from shanhai.ledger.models import Entry, Pairing
from shanhai.programme.actions.plans import Asked, approve, ask
from shanhai.programme.actions.records import context_of
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import PlanVersion, Project


def values(pairing: Pairing, **texts: str) -> dict[str, object]:
    fields = KINDS["project"]
    return {name: fields.field(name).value.read(t, context_of(pairing)) for name, t in texts.items()}


def change(clinic: Project, clerk: Actor, *follows: int, why: str = "量增", **texts: str) -> PlanVersion:
    told = Asked(values(clinic.pairing, **texts), why, follows or None)
    return ask(clinic, told, actor=clerk, at=NOON)


def approved(clinic: Project, clerk: Actor, *follows: int, **texts: str) -> PlanVersion:
    return approve(change(clinic, clerk, *follows, **texts), document="批〔2024〕1号", actor=clerk, at=NOON)


def last() -> Entry:
    found = head()
    assert found is not None
    return found
