"""A programme of realistic size, all of it invented: for a first look, for documentation and for tests.

The same seed gives the same records. They go in through the same actions as everything else, so that they pass every
check; what one part tells follows from another: results are what the activities come to, money is spent after it arrived.
"""

import datetime
from collections.abc import Mapping

from django.db import transaction

from shanhai.ledger import access
from shanhai.ledger.actions.pairings import PairingDetails, make_pairing
from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotPossible
from shanhai.ledger.models import Pairing
from shanhai.programme.demonstration.book import Book
from shanhai.programme.demonstration.handing_over import enter_handovers
from shanhai.programme.demonstration.money import enter_money
from shanhai.programme.demonstration.people import enter_terms
from shanhai.programme.demonstration.plans import enter_plans
from shanhai.programme.demonstration.projects import enter_projects
from shanhai.programme.demonstration.targets import enter_targets
from shanhai.programme.demonstration.words import load_words
from shanhai.programme.demonstration.work import enter_activities, enter_needs
from shanhai.programme.kinds import KINDS

KEY, SEED = "demonstration", 1
DAY = datetime.date(2026, 6, 30)
"""The last day of which the demonstration tells; fixed, so that it is the same whenever it is made."""


@transaction.atomic
def make(
    key: str = KEY,
    *,
    seed: int = SEED,
    day: datetime.date = DAY,
    actor: Actor,
    at: datetime.datetime | None = None,
) -> tuple[Pairing, Mapping[str, int]]:
    """Fill a pairing's register, which is empty; the pairing is made where there is none of that key.

    Args:
        key: the pairing's.
        seed: of all chance.
        day: the last day of which it tells.
        actor: who fills it.
        at: the time that the audit tells; noon of ``day`` where none is given, so that it too is the same every time.

    Returns:
        The pairing, and how many records of each kind there are.

    Raises:
        NotAllowed: the actor may not keep the pairing's register, or make pairings.
        NotPossible: the register holds records already.
    """
    at = at or datetime.datetime.combine(day, datetime.time(12), datetime.UTC)
    pairing = access.pairings(actor).filter(key=key).first() or _made(key, actor, at)
    for kind in KINDS.values():
        if kind.model._default_manager.filter(pairing=pairing).exists():
            raise NotPossible(
                f"结对“{key}”的台账中已有{kind.zh}。演示数据只写入空的台账：请另选一个代号。",
                f"The register of the pairing “{key}” holds {kind.many_en} already. The demonstration goes into an "
                "empty register only: choose another key.",
            )
    book = Book(pairing, actor, seed, day, at)
    served = enter_terms(book)
    courses = enter_projects(book, served)
    money = enter_money(book, served, courses)
    activities = enter_activities(book, served)
    enter_targets(book, served, activities, money)
    enter_needs(book)
    enter_handovers(book, served, courses)
    enter_plans(book, courses)
    return pairing, book.entered


def _made(key: str, actor: Actor, at: datetime.datetime) -> Pairing:
    words = load_words()
    details = PairingDetails(
        name_zh=words.name_zh,
        name_en=words.name_en,
        sending=words.sending,
        receiving=words.receiving,
        receiving_code=words.receiving_code,
    )
    return make_pairing(key, details, actor=actor, at=at)
