"""The example reports and their pairings, where they came with the program, and how they are loaded."""

import sys
from pathlib import Path

import msgspec

import shanhai
from shanhai.ledger import access
from shanhai.ledger.actions.pairings import PairingDetails, make_pairing
from shanhai.ledger.actions.rebuild import rebuild
from shanhai.ledger.actions.receive import Arrival, receive
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing
from shanhai.web.apart import parse

_PLACES = (
    Path(shanhai.__file__).resolve().parents[2] / "examples",  # a copy of the repository
    Path(sys.prefix) / "share" / "shanhai" / "examples",  # installed
)


class _Pairing(PairingDetails, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pairing of ``examples/pairings.yaml`` and the names of its reports."""

    reports: tuple[str, ...]


def files() -> list[Path]:
    """The example reports; none where the program came without them."""
    folder = next((place / "reports" for place in _PLACES if (place / "reports").is_dir()), None)
    return sorted(folder.iterdir()) if folder else []


def load(*, actor: Actor) -> int:
    """Make the pairings, receive the example reports under them and build what follows; how many were received."""
    reports = files()
    filed = _pairings(reports[0].parent.parent, actor) if reports else {}
    received = 0
    for file in reports:
        arrival = parse(file.read_bytes(), file.name, origin=f"examples/reports/{file.name}")
        if isinstance(arrival, Arrival):
            receive(arrival, actor=actor, pairing=filed.get(file.name))
            received += 1
    for pairing in (None, *dict.fromkeys(filed.values())):
        rebuild(pairing, actor=actor)
    return received


def _pairings(folder: Path, actor: Actor) -> dict[str, Pairing]:
    """The pairing of each report that has one, by the report's name; one that a broken-off loading made is taken again."""
    told = msgspec.yaml.decode((folder / "pairings.yaml").read_bytes(), type=dict[str, _Pairing])
    return {
        report: made
        for key, one in told.items()
        for made in (access.pairings(actor).filter(key=key).first() or make_pairing(key, one, actor=actor),)
        for report in one.reports
    }
