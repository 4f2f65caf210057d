"""What is inserted in bulk stands there as if it had been created one by one."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict

from shanhai.ledger import bulk
from shanhai.ledger.actions.receive import receive
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Fact, Promise, Report, Statement

from .conftest import NOON, arrival

pytestmark = pytest.mark.django_db


def test_rows_are_those_that_objects_would_make(clerk: Actor) -> None:
    receive(arrival("2023年，青山县引进企业12家。\n"), actor=clerk, at=NOON)
    report = Report.objects.get()
    told = {
        "key": "a", "content": "{}", "start": 1, "end": 4, "quote": "百分之五%s", "kind": "level", "value": 1.5,
        "minor": True, "first_seen": NOON, "last_seen": NOON + datetime.timedelta(microseconds=1),
    }  # fmt: skip
    one = Statement.objects.create(report=report, **told)
    bulk.insert(Statement, [{**told, "key": "b", "report_id": report.pk}])
    other = Statement.objects.get(key="b")
    assert model_to_dict(other, exclude=["id", "key"]) == model_to_dict(one, exclude=["id", "key"])
    assert (other.first_seen, other.last_seen) == (told["first_seen"], told["last_seen"])


def test_dates_and_json_are_stored_as_such(clerk: Actor) -> None:
    receive(arrival("2023年，青山县引进企业12家。\n"), actor=clerk, at=NOON)
    report = Report.objects.get().pk
    due = datetime.date(2024, 12, 31)
    answers = [{"report": report, "start": 0, "end": 1, "quote": "十"}]
    shared = {"report_id": report, "start": 0, "end": 1, "quote": "十", "state": "open"}
    bulk.insert(
        Promise,
        [
            {**shared, "what": "一", "due_by": due, "answers": answers},
            {**shared, "what": "二", "due_by": None},
        ],
    )
    assert list(Promise.objects.values_list("what", "due_by", "answers")) == [
        ("一", due, answers),
        ("二", None, []),
    ]
    bulk.insert(Fact, [])
    assert not Fact.objects.exists()


def test_what_the_tables_forbid_stays_forbidden(clerk: Actor) -> None:
    receive(arrival("2023年，青山县引进企业12家。\n"), actor=clerk, at=NOON)
    stored = Statement.objects.values().get()
    del stored["id"]
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(Statement, [{**stored, "key": "new"}, stored])
    assert Statement.objects.count() == 1
