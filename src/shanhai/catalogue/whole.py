"""The whole catalogue: every file and folder of ``data`` with what loads and checks it, in one ordered place."""

from collections.abc import Callable, Iterator, Mapping

from shanhai.catalogue.activities import load_activities
from shanhai.catalogue.areas import load_areas
from shanhai.catalogue.cards import load_cards
from shanhai.catalogue.changes import load_changes
from shanhai.catalogue.definitions import load_definitions, load_events
from shanhai.catalogue.furniture import sound_furniture
from shanhai.catalogue.grading import load_grading
from shanhai.catalogue.indicators import load_indicators
from shanhai.catalogue.numbered_names import load_numbered_names
from shanhai.catalogue.places import load_gazetteer
from shanhai.catalogue.plausible import load_plausible, load_slips
from shanhai.catalogue.promises import load_promises
from shanhai.catalogue.publishers import load_publishers
from shanhai.catalogue.qualifiers import load_qualifiers
from shanhai.catalogue.recycled import load_recycled
from shanhai.catalogue.registered import load_registered
from shanhai.catalogue.relations import load_orders, load_relations
from shanhai.catalogue.rules import load_rule_words, load_rules
from shanhai.catalogue.sides import load_sides
from shanhai.catalogue.status import load_status
from shanhai.catalogue.units import load_units
from shanhai.model import CatalogueError

LOADERS: Mapping[str, Callable[[], object]] = {
    "areas": load_areas,
    "units": load_units,
    "qualifiers.yaml": load_qualifiers,
    "indicators": load_indicators,
    "places": load_gazetteer,
    "changes.yaml": load_changes,
    "definitions.yaml": load_definitions,
    "events.yaml": load_events,
    "furniture.yaml": sound_furniture,
    "names_with_numbers.yaml": load_numbered_names,
    "sides.yaml": load_sides,
    "status.yaml": load_status,
    "relations.yaml": load_relations,
    "orders.yaml": load_orders,
    "cards.yaml": load_cards,
    "rules": load_rules,
    "activities": load_activities,
    "registered.yaml": load_registered,
    "rule_words.yaml": load_rule_words,
    "plausible": load_plausible,
    "slips.yaml": load_slips,
    "publishers.yaml": load_publishers,
    "grading.yaml": load_grading,
    "promises.yaml": load_promises,
    "recycled.yaml": load_recycled,
}
"""What loads each file or folder of ``data``; what others refer to comes before them."""


def problems() -> Iterator[str]:
    """What is wrong with the catalogue's files, one line a problem; a fault that several loaders meet is told once."""
    told: set[str] = set()
    for load in LOADERS.values():
        try:
            load()
        except CatalogueError as e:
            yield from (p for p in e.problems if p not in told)
            told.update(e.problems)
