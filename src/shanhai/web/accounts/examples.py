"""The example reports, where they came with the program, and how they are loaded."""

import sys
from pathlib import Path

import shanhai
from shanhai.ledger.actions.rebuild import rebuild
from shanhai.ledger.actions.receive import Arrival, receive
from shanhai.ledger.actors import Actor
from shanhai.web.apart import parse

_PLACES = (
    Path(shanhai.__file__).resolve().parents[2] / "examples" / "reports",  # a copy of the repository
    Path(sys.prefix) / "share" / "shanhai" / "examples",  # installed
)


def files() -> list[Path]:
    """The example reports; none where the program came without them."""
    folder = next((place for place in _PLACES if place.is_dir()), None)
    return sorted(folder.iterdir()) if folder else []


def load(*, actor: Actor) -> int:
    """Receive the example reports and build what follows from them; how many were received."""
    received = 0
    for file in files():
        arrival = parse(file.read_bytes(), file.name, origin=f"examples/reports/{file.name}")
        if isinstance(arrival, Arrival):
            receive(arrival, actor=actor)
            received += 1
    rebuild(None, actor=actor)
    return received
