"""What the fields of the facts' forms offer."""

from typing import Any

from shanhai.catalogue.areas import load_areas
from shanhai.catalogue.grading import load_grading
from shanhai.catalogue.indicators import load_indicators
from shanhai.ledger import access
from shanhai.ledger.actors import Actor
from shanhai.ledger.rights import Right
from shanhai.publishing.sheets import Format
from shanhai.web.facts.wording import area_name, indicator_name, pairing_name
from shanhai.web.links import UNFILED


def choices(actor: Actor) -> dict[str, Any]:
    """Pairings, areas, indicators by area and grades, each with what a person calls it."""
    by_area: dict[str, list[tuple[str, str]]] = {area_name(key): [] for key in load_areas()}
    for code in load_indicators():
        by_area[area_name(code.partition(".")[0])].append((code, indicator_name(code)))
    pairings = [(p.key, pairing_name(p)) for p in access.pairings(actor)]
    return {
        "pairings": [*pairings, (UNFILED, pairing_name(None))],
        "areas": [(key, area_name(key)) for key in load_areas()],
        "indicators": [(area, told) for area, told in by_area.items() if told],
        "grades": list(load_grading().letters),
        "formats": list(Format) if actor.may_somewhere(Right.EXPORT) else [],
    }
