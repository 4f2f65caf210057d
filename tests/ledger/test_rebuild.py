"""Facts, findings and promises are what reasoning gives for what stands; what people do outlives them."""

import pytest
from django.contrib.auth.models import User

from ledger.conftest import NOON, arrival
from shanhai.ledger.actions import accounts
from shanhai.ledger.actions.filing import file_source
from shanhai.ledger.actions.findings import assign, reopen, settle, standing
from shanhai.ledger.actions.pairings import PairingDetails, change_pairing, make_pairing
from shanhai.ledger.actions.rebuild import finding_key, rebuild, stale
from shanhai.ledger.actions.receive import receive
from shanhai.ledger.actions.review import decide
from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import Conflict, NotAllowed, NotPossible
from shanhai.ledger.models import (
    Decision,
    Entry,
    Fact,
    Finding,
    FindingStatement,
    FindingWork,
    Pairing,
    Promise,
    Role,
    Source,
    Statement,
)
from shanhai.ledger.titles import entitled
from shanhai.ledger.verify import verify
from shanhai.reasoning.evidence import Evidence
from shanhai.reasoning.reason import reason

pytestmark = pytest.mark.django_db

TEXTS = (
    "2021年工作情况\n2021年,墨县实施项目25个,其中卫生项目15个、教育项目12个。计划2022年底前建成学校2所。\n",
    "2021年帮扶简报\n2021年,墨县实施项目26个,培训医生86名,投入援助资金3200万元。\n",
    "2022年帮扶简报\n2022年,墨县建成学校2所,培训医生90名,投入援助资金1.2亿元。\n",
)
ON = NOON.date()


def pairing(clerk: Actor, key: str = "one") -> Pairing:
    return make_pairing(key, PairingDetails("福州市援昌都市", "福州市", "昌都市"), actor=clerk, at=NOON)


def fill(clerk: Actor, under: Pairing | None) -> list[Source]:
    came = [arrival(text, f"{n}.txt") for n, text in enumerate(TEXTS)]
    return [receive(a, actor=clerk, pairing=under, at=NOON).source for a in came]


def a_finding() -> Finding:
    found = Finding.objects.order_by("pk").first()
    assert found is not None
    return found


class TestRebuild:
    @pytest.mark.parametrize("filed", [True, False])
    def test_it_is_what_reasoning_gives(self, filed: bool, clerk: Actor) -> None:
        under = pairing(clerk) if filed else None
        fill(clerk, under)
        counts = rebuild(under, actor=clerk, on=ON, at=NOON)
        came = [arrival(text, f"{n}.txt") for n, text in enumerate(TEXTS)]
        told = reason([Evidence(a.report.doc, tuple(a.claims), a.report) for a in came if a.report], on=ON)
        assert all((told.facts, told.findings, told.promises))
        assert {f.id: (f.sources, f.grade.letter) for f in told.facts} == {
            f.key: (f.sources, f.grade) for f in Fact.objects.filter(pairing=under)
        }
        titles = {a.report.doc: a.report.title for a in came if a.report and a.report.title}
        assert len(titles) == len(TEXTS)
        assert sorted((finding_key(f), entitled(f.message, titles).zh) for f in told.findings) == sorted(
            Finding.objects.filter(pairing=under).values_list("key", "message_zh")
        )
        assert sorted((p.what, p.state.value) for p in told.promises) == sorted(
            Promise.objects.values_list("what", "state")
        )
        assert (counts.facts, counts.findings) == (len(told.facts), len(told.findings))
        assert FindingStatement.objects.count() == sum(len(f.claims) for f in told.findings)
        for fact in told.facts:
            row = Fact.objects.get(key=fact.id)
            quotes = sorted(c.quote for c in fact.supporting)
            assert quotes == sorted(t.statement.quote for t in row.tellings.filter(supports=True))
        assert list(verify()) == []

    def test_what_is_rejected_counts_no_more(self, clerk: Actor) -> None:
        fill(clerk, None)
        rebuild(None, actor=clerk, on=ON)
        figure = Statement.objects.get(quote__startswith="90")
        assert figure.fact_tellings.exists()
        decide(figure.report, Decision.REJECT, {figure.key: None}, actor=clerk, reason="看错")
        rebuild(None, actor=clerk, on=ON)
        assert not figure.fact_tellings.exists()

    def test_twice_gives_the_same_keys(self, clerk: Actor) -> None:
        fill(clerk, None)
        rebuild(None, actor=clerk, on=ON)
        keys = [list(t.objects.order_by("pk").values_list("key")) for t in (Fact, Finding)]
        rebuild(None, actor=clerk, on=ON)
        assert keys == [list(t.objects.order_by("pk").values_list("key")) for t in (Fact, Finding)]

    def test_a_number_that_no_float_holds(self, clerk: Actor) -> None:
        text = f"2021年工作情况\n2021年投入援助资金{'9' * 60}.5亿元。\n"
        receive(arrival(text), actor=clerk)
        rebuild(None, actor=clerk, on=ON)

    def test_who_may_not(self, clerk: Actor) -> None:
        with pytest.raises(NotAllowed):
            rebuild(None, actor=Actor("li"))


class TestStale:
    def test_only_what_changes_a_pairing_makes_it_stale(self, clerk: Actor) -> None:
        one, two = pairing(clerk), pairing(clerk, "two")
        assert not stale(one)
        sources = fill(clerk, one)
        assert stale(one)
        assert not stale(two)
        assert not stale(None)
        rebuild(one, actor=clerk, on=ON)
        assert not stale(one)
        settle(a_finding(), "已核对", "", actor=clerk)
        receive(arrival(TEXTS[0], "又名.txt"), actor=clerk)
        receive(arrival("2021年实施项目3个。\n", "另.txt"), actor=clerk, pairing=two)
        assert not stale(one)
        assert stale(two)
        rebuild(two, actor=clerk, on=ON)
        figure = Statement.objects.filter(report__source=sources[0])[0]
        decide(figure.report, Decision.ACCEPT, {figure.key: None}, actor=clerk)
        assert stale(one)
        rebuild(one, actor=clerk, on=ON)
        file_source(sources[0], two, actor=clerk)
        assert stale(one)
        assert stale(two)
        for each in (one, two):
            rebuild(each, actor=clerk, on=ON)
        file_source(sources[0], None, actor=clerk)
        assert (stale(one), stale(two), stale(None)) == (False, True, True)
        change_pairing(one, PairingDetails("福州市援西藏", "福州市", "西藏自治区"), actor=clerk)
        assert stale(one)


class TestFindingWork:
    def test_it_outlives_a_rebuild(self, clerk: Actor) -> None:
        fill(clerk, None)
        rebuild(None, actor=clerk, on=ON)
        key = a_finding().key
        settle(a_finding(), " 已与县里核对 ", "", actor=clerk)
        rebuild(None, actor=clerk, on=ON)
        assert a_finding().key == key
        work = FindingWork.objects.get()
        assert (work.key, work.settled, work.because, work.by) == (key, True, "已与县里核对", clerk.name)

    def test_each_action_adds_one_entry(self, clerk: Actor) -> None:
        fill(clerk, None)
        rebuild(None, actor=clerk, on=ON)
        user = accounts.make("li", "a-long-pass-phrase-9", actor=clerk)
        accounts.give_role(user, Role.REVIEWER, None, actor=clerk)
        finding, before = a_finding(), Entry.objects.count()
        work = assign(finding, user, "", actor=clerk, at=NOON)
        work = assign(finding, None, standing(work), actor=clerk, at=NOON)
        work = settle(finding, "已核对", standing(work), actor=clerk, at=NOON)
        work = reopen(finding, standing(work), actor=clerk, reason="又有新数", at=NOON)
        told = [(e.action, e.subject, e.old, e.new, e.why) for e in Entry.objects.all()[before:]]
        subject = f"finding:{finding.key}"
        assert told == [
            ("assign", subject, {"assigned_to": None}, {"assigned_to": "li"}, ""),
            ("assign", subject, {"assigned_to": "li"}, {"assigned_to": None}, ""),
            ("settle", subject, {"settled": False}, {"settled": True}, "已核对"),
            ("reopen", subject, {"settled": True, "because": "已核对"}, {"settled": False}, "又有新数"),
        ]
        assert list(verify()) == []

    def test_the_second_is_told(self, clerk: Actor) -> None:
        fill(clerk, None)
        rebuild(None, actor=clerk, on=ON)
        finding = a_finding()
        settle(finding, "甲", "", actor=Actor("li", clerk.general))
        with pytest.raises(Conflict, match="li did something") as told:
            settle(finding, "乙", "", actor=clerk)
        assert told.value.by == "li"
        assert FindingWork.objects.get().because == "甲"

    def test_refusals(self, clerk: Actor) -> None:
        fill(clerk, None)
        rebuild(None, actor=clerk, on=ON)
        finding = a_finding()
        for refused in (
            lambda: settle(finding, " ", "", actor=clerk),
            lambda: reopen(finding, "", actor=clerk),
            lambda: assign(finding, None, "", actor=clerk),
            lambda: assign(finding, User.objects.create_user("blind"), "", actor=clerk),
        ):
            with pytest.raises(NotPossible):
                refused()
        with pytest.raises(NotAllowed):
            settle(finding, "好", "", actor=Actor("li"))
        assert not FindingWork.objects.exists()
