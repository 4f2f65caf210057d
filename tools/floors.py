"""Floors: what a gold set must at least reach. They stand in ``gold/floors.json`` and only rise.

Each holds a hash of its gold, so that nobody changes the exam unnoticed.
"""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).resolve().parent.parent / "gold" / "floors.json"
_STEPS = 1000
"""Floors have three decimals."""

Figures = Mapping[str, float]


def load() -> dict[str, Any]:
    """All floors by the name of their set."""
    floors: dict[str, Any] = json.loads(FLOORS.read_text("utf-8")) if FLOORS.is_file() else {}
    return floors


def save(floors: dict[str, Any]) -> None:
    """Write all floors."""
    FLOORS.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n", "utf-8")


def below(name: str, sha256: str, figures: Figures, floors: Mapping[str, Any]) -> list[str]:
    """What of a set is under its floor, or was changed without lifting it."""
    floor = floors.get(name)
    if floor is None:
        return [f"{name}: has no floor; run make floors"]
    faults = (
        [f"{name}: the gold has changed; run make floors and say why in the commit"]
        if floor["sha256"] != sha256
        else []
    )
    faults += [
        f"{name}: {key} {figures[key]:.4f} is under its floor {least}"
        for key, least in floor["least"].items()
        if figures[key] < least
    ]
    return faults


def raised(sha256: str, figures: Figures, floor: Mapping[str, Any] | None) -> dict[str, Any]:
    """The floor at what is reached now, cut to three decimals; for the same gold it never sinks."""
    least = {key: math.floor(value * _STEPS) / _STEPS for key, value in figures.items()}
    if floor is not None and floor["sha256"] == sha256:
        least = {key: max(value, floor["least"].get(key, 0)) for key, value in least.items()}
    return {"sha256": sha256, "least": least}
