import datetime
from collections import Counter

import pytest

from shanhai.ledger.actions.filing import file_source
from shanhai.ledger.actions.receive import receive
from shanhai.ledger.actions.review import decide
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import STANDING, Decision, Pairing, Source, Statement
from shanhai.ledger.queries import counts, home
from shanhai.ledger.queries.reports import next_report, next_waiting

from ..conftest import NOON, arrival

TODAY = datetime.date(2024, 3, 1)


def by_hand() -> Counter[str]:
    return Counter(s.state for s in Statement.objects.filter(minor=False))


def test_counts_are_those_of_the_statements(filled: dict[str, Pairing], clerk: Actor) -> None:
    assert home.by_state(clerk) == by_hand()
    standing = [s for s in Statement.objects.filter(minor=False) if s.state in STANDING]
    assert home.by_area_and_year(clerk) == Counter((s.area, s.year) for s in standing)
    assert home.by_place(clerk) == Counter(s.place_code for s in standing if s.place_code)
    assert sum(f.statements for f in home.by_pairing(clerk)) == len(standing)
    assert [f.pairing and f.pairing.key for f in home.by_pairing(clerk)] == ["one", "two", None]


def test_counts_follow_every_action(filled: dict[str, Pairing], clerk: Actor) -> None:
    before = home.by_state(clerk)
    report = next_report(clerk)
    assert report is not None
    figure = next_waiting(clerk, report)
    assert figure is not None
    decide(report, Decision.ACCEPT, {figure.key: None}, actor=clerk, at=NOON)
    assert home.by_state(clerk) == by_hand() != before

    receive(arrival("新县2023年引进企业3家。\n", "new.txt"), actor=clerk, pairing=filled["two"], at=NOON)
    assert home.by_state(clerk) == by_hand()

    Pairing.objects.create(key="three", name_zh="三", sending="甲市", receiving="乙县")
    assert [f.statements for f in home.by_pairing(clerk) if f.pairing and f.pairing.key == "three"] == [0]


def test_only_what_the_actor_sees_is_counted(filled: dict[str, Pairing], only_two: Actor) -> None:
    two = filled["two"].pk
    seen = Statement.objects.filter(pairing=two, minor=False)
    assert home.by_state(only_two) == {"open": seen.count()}
    assert [f.pairing and f.pairing.key for f in home.by_pairing(only_two)] == ["two"]
    assert home.by_area_and_year(only_two, filled["one"].pk) == {}
    assert {s.pairing_id for s in home.arrived(only_two)} == {two}
    assert {f.pairing_id for f in home.headlines(only_two)} <= {two}
    assert home.to_do(only_two, TODAY).reports == 1
    assert home.to_do(Actor("nobody"), TODAY) == home.ToDo(0, 0, {}, 0)


def test_what_needs_doing(filled: dict[str, Pairing], clerk: Actor) -> None:
    told = home.to_do(clerk, TODAY)
    assert told.waiting == by_hand()["open"]
    assert told.reports == len(home.waiting_reports(clerk)) == 4
    assert told.findings["error"] >= 1  # 15 and 12 do not make 25
    assert told.promises == 1  # the two schools, due by the end of 2023
    assert home.to_do(clerk, datetime.date(2023, 3, 1)).promises == 0


@pytest.mark.django_db
def test_an_empty_ledger_has_nothing_to_do(clerk: Actor) -> None:
    assert home.to_do(clerk, TODAY) == home.ToDo(0, 0, {}, 0)
    assert home.by_pairing(clerk) == []
    assert home.by_area_and_year(clerk) == {}


def test_a_very_large_pairing_rests_between_two_countings(
    filled: dict[str, Pairing], clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = home.by_state(clerk)
    monkeypatch.setattr(counts, "_LARGE", 0)
    report = next_report(clerk)
    assert report is not None
    figure = next_waiting(clerk, report)
    assert figure is not None
    decide(report, Decision.ACCEPT, {figure.key: None}, actor=clerk, at=NOON)
    assert home.by_state(clerk) == before
    assert home.to_do(clerk, TODAY).waiting == by_hand()["open"]  # what is left to do is never old
    monkeypatch.setattr(counts, "_REST", 0)
    assert home.by_state(clerk) == by_hand()


def test_filing_elsewhere_moves_the_counts(filled: dict[str, Pairing], clerk: Actor) -> None:
    before = {f.pairing and f.pairing.key: f.statements for f in home.by_pairing(clerk)}
    source = Source.objects.get(name="two-2022.txt")
    file_source(source, filled["one"], actor=clerk, at=NOON)
    after = {f.pairing and f.pairing.key: f.statements for f in home.by_pairing(clerk)}
    assert after == {"one": before["one"] + before["two"], "two": 0, None: before[None]}
