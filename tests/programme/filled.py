"""A register that holds something in every table: the example rows of all kinds, entered through the actions."""

from typing import Any

from programme.conftest import NOON, told
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing
from shanhai.programme.actions.plans import Asked, approve, ask
from shanhai.programme.actions.records import put
from shanhai.programme.kinds import KINDS, Kind
from shanhai.programme.models import Project, Record

KEYS = {
    "arrange": "A1", "term": "P10", "team": "T10", "post": "G1", "member": "Y1", "assess": "K1", "honour": "R1",
    "project": "ZX-012", "cofunding": "C1", "asset": "Z1", "visit": "V1", "money": "E1", "target": "B1", "result": "W1",
    "activity": "D1", "need": "N1", "match": "L1", "handover": "H1", "matter": "M1",
}  # fmt: skip
"""The numbers by which the examples name one another."""
BESIDE: dict[str, tuple[tuple[str, dict[str, str]], ...]] = {
    "term": (("P9", {"batch": "9", "starts": "2019-07-20", "ends": "2022-07-19"}),),
    "need": (("N2", {"side": "支援方所能", "summary": "可派儿科医生一名"}),),
}
"""What the examples need beside themselves."""


def example(kind: Kind) -> dict[str, Any]:
    """The texts of a kind's example row."""
    return {f.name: f.example for f in kind.fields if f.example}


def enter_examples(pairing: Pairing, clerk: Actor) -> dict[str, Record]:
    """Enter the example row of every kind, in the kinds' order."""
    found = {}
    for kind in KINDS.values():
        rows = [*BESIDE.get(kind.name, ()), (KEYS[kind.name], {})]
        for key, other in rows:
            one = told(kind.name, pairing, key, evidence="台账第1页", **{**example(kind), **other})
            found[kind.name] = put(kind, pairing, one, actor=clerk, at=NOON)
    return found


def fill_register(pairing: Pairing, clerk: Actor) -> None:
    """The example rows, and a plan with a change."""
    enter_examples(pairing, clerk)
    project = Project.objects.get(pairing=pairing, key="ZX-012")
    approve(ask(project, Asked(), actor=clerk, at=NOON), document="批1", actor=clerk, at=NOON)
    ask(project, Asked({"planned": 5}, "量减"), actor=clerk, at=NOON)
