"""The audit's chain: each entry holds the hash of the one before it."""

import pytest
from django.db import transaction

from ledger.conftest import NOON
from ledger.standing import by_quote, first_reading, seen
from shanhai.ledger.actions.review import decide
from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import hash_of, head, record
from shanhai.ledger.models import Decision, Entry
from shanhai.ledger.verify import Trouble, verify

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _entries(clerk: Actor) -> None:
    report = first_reading(clerk)
    for quote in ("12", "86", "24"):
        decide(report, Decision.ACCEPT, seen(by_quote(report, quote)), actor=clerk, reason="核对")


def test_numbers_run_on_and_each_hash_covers_the_one_before() -> None:
    entries = list(Entry.objects.all())
    assert [e.number for e in entries] == [1, 2, 3, 4]
    assert [e.previous for e in entries] == ["", *(e.hash for e in entries[:-1])]
    assert all(hash_of(e) == e.hash for e in entries)
    assert head() == entries[-1]


@pytest.mark.parametrize("column", ["by", "action", "subject", "why"])
def test_a_changed_entry_shows_even_with_a_new_hash_of_its_own(column: str) -> None:
    forged = Entry.objects.get(number=2)
    setattr(forged, column, "forged")
    forged.hash = hash_of(forged)
    forged.save()
    assert any(f.trouble is Trouble.CHAIN for f in verify())


def test_an_entry_taken_away_shows() -> None:
    Entry.objects.filter(number=2).delete()
    assert any(f.trouble is Trouble.CHAIN for f in verify())


def test_what_is_taken_back_leaves_no_entry(clerk: Actor) -> None:
    with transaction.atomic():
        record(clerk, "x", "x:1", at=NOON)
        transaction.set_rollback(True)
    assert Entry.objects.count() == 4
