"""A ledger with something of everything, for hostile hands."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from shanhai.ledger.actions import uploads
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Collection, Entry, Source
from shanhai.programme.actions.plans import approve

from ..briefs.made import matched, reported
from ..findings.made import made
from ..register.made import CLERK, RECORDS, enter
from ..register.planned import planned, wanted


@pytest.fixture(autouse=True)
def _apart(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Drafts and what stands beside the ledger go into a folder of the test's own; nothing is counted from before."""
    settings.LEDGER_FILE = tmp_path / "l.db"
    settings.SHANHAI_DRAFTS = tmp_path / "drafts"
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def ledger(db: None) -> None:
    """Two pairings with reports, facts and findings, a collection, an upload that broke off, a brief, needs and offers."""
    pairings = made()
    source = Source.objects.get(name="one-2021.txt")
    Collection.objects.create(key="mixed", name="专题").sources.add(source)
    waiting = [uploads.Announced("one-upload.txt", 3)]
    uploads.announce(waiting, actor=Actor.command_line("clerk"), pairing=pairings["one"])
    for kind, key, told in RECORDS:
        if kind in ("term", "team"):
            enter(pairings["one"], kind, key, told)
    reported(pairings["one"])
    matched(pairings["one"])
    assert Entry.objects.exists()


@pytest.fixture
def plans(ledger: None) -> None:
    """A register with a plan: two versions side by side, one of them approved, and one that follows that."""
    planned()
    wanted(planned=Decimal(5))
    approve(wanted(planned=Decimal(6)), document="批", actor=CLERK)
    wanted(planned=Decimal(7))
