"""What the catalogue knows of indicators: no more projects are finished than were started (``orders.yaml``)."""

from collections.abc import Iterator, Sequence

from shanhai.catalogue.relations import load_orders
from shanhai.model import Claim, Status
from shanhai.reasoning.figures import Sheet
from shanhai.reasoning.relations.lists import is_level, strength
from shanhai.reasoning.relations.relation import Form, Relation, Slot

_BACK = 4


def find(sheet: Sheet) -> Iterator[Relation]:
    """The relations between figures told side by side, of which one may not pass the other."""
    orders = load_orders()
    for i, figure in enumerate(sheet.figures):
        order = orders.get(figure.claim.indicator or "")
        if order is None or not is_level(sheet, i, figure.unit) or not _told(sheet, i, order.words):
            continue
        for k in range(i - 1, max(-1, i - _BACK), -1):
            other = sheet.figures[k]
            beside = other.sentence == figure.sentence and is_level(sheet, k, figure.unit)
            if not beside or strength(sheet.text[other.end : figure.start]) > 1:
                break
            named = other.claim.indicator in order.of and _told(sheet, k, order.of_words)
            if named and _of_one_thing(figure.claim, other.claim):
                yield Relation(Form.ORDER, Slot(other), ((Slot(figure), 1),), most=True, certain=True)
                break


def _told(sheet: Sheet, i: int, words: Sequence[str]) -> bool:
    return any(word in sheet.clause(i) for word in words)


def _of_one_thing(one: Claim, other: Claim) -> bool:
    """Whether two figures are told for one place, time and team, both as come about or the greater as planned."""
    same = (one.place, one.party, one.period) == (other.place, other.party, other.period)
    return same and one.status is not Status.EXPECTED
