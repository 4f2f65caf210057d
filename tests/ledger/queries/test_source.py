"""What is asked about sources: orders, receipts, copies, figures by state, and which facts are behind."""

import datetime

import pytest

from shanhai.ledger.actions.filing import file_source
from shanhai.ledger.actions.rebuild import rebuild
from shanhai.ledger.actions.receive import receive
from shanhai.ledger.actions.review import decide
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Decision, Pairing, Report, Source, Statement
from shanhai.ledger.queries import freshness, source, sources
from shanhai.ledger.rights import Right

from ..conftest import NOON, arrival
from .conftest import TEXTS

LATER = NOON + datetime.timedelta(days=3)


def test_orders_put_what_is_missing_last(filled: dict[str, Pairing], clerk: Actor) -> None:
    receive(arrival("简讯\n\n培训教师12名。\n", "无日期.txt"), actor=clerk, at=LATER)

    by_date = [s.report.date for s in sources.ordered(clerk, sources.SourceFilter(), "date")]
    latest = [s.report.date for s in sources.ordered(clerk, sources.SourceFilter(), "-date")]

    assert by_date[-1] is None
    assert latest[-1] is None
    assert by_date[:-1] == sorted(latest[:-1])


def test_receipts_narrow_by_one_way_of_coming(filled: dict[str, Pairing], clerk: Actor) -> None:
    wang = Actor("wang", clerk.general)
    receive(arrival(TEXTS[0][2], "别名.txt"), actor=wang, at=LATER)
    day = NOON.date()

    def found(**wanted: object) -> int:
        return sources.ordered(clerk, sources.SourceFilter(**wanted)).count()  # type: ignore[arg-type]

    assert found(by="wang") == 1
    assert found(by="wang", received_until=day) == 0
    assert found(received_since=day + datetime.timedelta(days=1)) == 1
    assert found(received_until=datetime.date.max) == Source.objects.count()
    (came,) = source.receipts(Source.objects.filter(receipts__by="wang")).values()
    assert [r.by for r in came] == [clerk.name, "wang"]


def test_copies_name_the_first_report(filled: dict[str, Pairing], clerk: Actor) -> None:
    copied = TEXTS[0][2].replace("发布时间：2022年1月5日", "发布时间：2022年1月9日")
    copy = receive(arrival(copied, "转载.txt"), actor=clerk, pairing=filled["one"], at=LATER).source
    reports = list(Report.objects.order_by("pk"))
    assert source.copies(clerk, reports) == {}

    rebuild(filled["one"], actor=clerk, at=LATER)

    assert source.copies(clerk, reports) == {copy.report.pk: reports[0]}
    assert source.copies(Actor("nobody"), reports) == {}


def test_figures_are_counted_by_state(filled: dict[str, Pairing], clerk: Actor) -> None:
    report = Report.objects.select_related("source").order_by("pk")[0]
    some = Statement.objects.filter(report=report, minor=False)
    before = source.figures(clerk, report)
    first, second = some[:2]
    decide(report, Decision.ACCEPT, {first.key: None}, actor=clerk, at=LATER)
    decide(report, Decision.REJECT, {second.key: None}, actor=clerk, reason="错", at=LATER)

    after = source.figures(clerk, report)

    assert (after.states["accepted"], after.states["rejected"]) == (1, 1)
    assert after.states["open"] == before.states["open"] - 2
    assert source.figures(Actor("nobody"), report).states["open"] == 0


def test_findings_about_a_report(filled: dict[str, Pairing], clerk: Actor) -> None:
    for report in Report.objects.all():
        found = source.findings(clerk, report)
        assert all(f.cited.filter(report=report).exists() for f in found)
        assert source.findings(Actor("nobody"), report) == []
    assert any(source.findings(clerk, report) for report in Report.objects.all())


def test_what_changed_since_is_behind(
    filled: dict[str, Pairing], clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(actor: Actor = clerk, right: Right = Right.READ) -> set[str]:
        return {one.pairing.key if one.pairing else "-" for one in freshness.behind(actor, right)}

    assert late() == set()
    report = Report.objects.select_related("source").filter(source__pairing=filled["one"]).first()
    assert report is not None
    statement = Statement.objects.filter(report=report).first()
    assert statement is not None

    receive(arrival(TEXTS[0][2], "别名.txt"), actor=clerk, at=LATER)
    assert late() == set(), "the same bytes again tell nothing new"
    decide(report, Decision.ACCEPT, {statement.key: None}, actor=clerk, at=LATER)
    assert late() == {"one"}
    file_source(report.source, filled["two"], actor=clerk, at=LATER)
    assert late() == {"one", "two"}
    monkeypatch.setattr(freshness, "_MANY", 1)
    assert late() == {"one", "two", "-"}


def test_only_ones_own_pairings_are_behind(filled: dict[str, Pairing], clerk: Actor, only_two: Actor) -> None:
    for key in ("one", "two"):
        text = f"{key}简报\n\n2023年培训教师{len(key) + 40}名。\n"
        receive(arrival(text, f"{key}.txt"), actor=clerk, pairing=filled[key], at=LATER)

    assert [one.pairing for one in freshness.behind(only_two)] == [filled["two"]]
    assert freshness.behind(only_two, Right.REBUILD) == []
    assert freshness.behind(Actor("nobody")) == []
    assert freshness.built_last(only_two) == NOON
    assert freshness.built_last(Actor("nobody")) is None
