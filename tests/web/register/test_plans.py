"""The pages of a project's plan: versions, asking with the effect first, deciding, merging, who may."""

import re
from collections.abc import Callable
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shanhai.ledger.models import Entry, Pairing, Role
from shanhai.programme.actions.plans import approve as approve_version
from shanhai.programme.actions.records import withdraw
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import PlanVersion, Project
from shanhai.programme.plans.graph import Graph
from shanhai.web.register.plans.picture import picture_of

from .made import CLERK, enter
from .planned import PLAN, planned, versions, wanted

SignedIn = Callable[..., Client]
State = PlanVersion.State


@pytest.fixture
def one(db: None) -> Pairing:
    return planned()


def words(answer: Any) -> str:
    """A page's words without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def mark(answer: Any) -> str:
    """The mark of the effect that a page shows."""
    found = re.search(r'name="seen" value="(\w*)"', answer.content.decode())
    assert found
    return found[1]


FORM = {
    "level": "county", "livelihood": "whole", "livelihood_share": "", "planned": "1200000.00", "planned_start": "2025-09-01",
    "planned_end": "2026-10-31", "places": "洛隆县孜托镇", "reason": "材料涨价", "based": "1",
}  # fmt: skip


class TestVersions:
    def test_the_graph_tells_who_when_why_and_what(self, one: Pairing, office: Client) -> None:
        wanted(planned=Decimal(1500000))
        told = words(office.get(PLAN))
        for part in (
            "第1版",
            "现行",
            "川援发〔2023〕8号",
            "cli:clerk",
            "第2版",
            "待批",
            "材料涨价",
            "1,200,000.00 1,500,000.00",
        ):
            assert part in told, part

    def test_no_version_yet(self, one: Pairing, office: Client) -> None:
        told = words(office.get("/register/one/project/QS-03/plan/"))
        assert "还没有计划版本" in told
        as_it_stands = {
            **FORM,
            "livelihood": "unclassified",
            "planned": "250000.00",
            "based": "",
            "reason": "",
            "step": "look",
        }
        answer = office.post("/register/one/project/QS-03/plan/ask/", as_it_stands)
        assert "批准以后会怎样" in words(answer)

    def test_the_picture(self, one: Pairing) -> None:
        first, second = wanted(planned=Decimal(5)), wanted(planned=Decimal(6))
        approve_version(second, document="批2", actor=CLERK)
        project = Project.objects.get(key="QS-05")
        picture = picture_of(Graph.of(project))
        at = {node.number: (node.x, node.y) for node in picture.nodes}
        assert at[1][1] == at[3][1] < at[first.number][1]  # what is approved stands in one line
        assert at[1][0] < at[2][0] == at[3][0]
        assert len(picture.edges) == 2
        assert [n.number for n in picture.nodes if n.in_force] == [3]

    def test_names_are_not_for_the_public(
        self, one: Pairing, client: Client, settings: Any, account: Any
    ) -> None:
        settings.SHANHAI_PUBLIC = True
        account(Role.ADMINISTRATOR)
        for path in (PLAN, f"{PLAN}1/"):
            answer = client.get(path)
            assert answer.status_code == 200
            assert "cli:clerk" not in words(answer)


class TestAsking:
    def test_the_effect_is_shown_before_anything_is_kept(self, one: Pairing, office: Client) -> None:
        before = Entry.objects.count()
        answer = office.post(f"{PLAN}ask/", {**FORM, "planned": "60万元", "step": "ask"})
        told = words(answer)
        assert (answer.status_code, Entry.objects.count(), versions().count()) == (200, before, 1)
        for part in (
            "1,200,000.00 600,000.00",
            "75% – 90.63%",
            "60% – 85%",
            "尚不能定",
            "QS-03 河湾村道硬化",
            "提交申请",
        ):
            assert part in told, part

        sent = office.post(f"{PLAN}ask/", {**FORM, "planned": "60万元", "step": "ask", "seen": mark(answer)})
        assert sent["Location"] == f"{PLAN}2/"
        assert versions().last().state == State.ASKED  # type: ignore[union-attr]
        assert "第2版，等待批准" in words(office.get(f"{PLAN}2/"))
        assert Project.objects.get(key="QS-05").planned == 1200000

    def test_what_was_changed_after_looking_is_looked_at_again(self, one: Pairing, office: Client) -> None:
        seen = mark(office.post(f"{PLAN}ask/", {**FORM, "planned": "60万元", "step": "look"}))
        answer = office.post(f"{PLAN}ask/", {**FORM, "planned": "50万元", "step": "ask", "seen": seen})
        assert (answer.status_code, versions().count()) == (409, 1)
        assert "影响与您看到的不同" in words(answer)
        assert "500,000.00" in words(answer)
        again = office.post(f"{PLAN}ask/", {**FORM, "planned": "50万元", "step": "ask", "seen": mark(answer)})
        assert again.status_code == 302

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"planned": "约60万"}, "约60万"),
            ({"planned_end": "2022-01-01"}, "早于"),
            ({"livelihood": "part"}, "民生占比"),
            ({"reason": " ", "planned": "5"}, "请填写"),
            ({}, "没有变化"),
            ({"planned": "5", "taken_in": "E1"}, "已不能纳入"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_is_told_beside_its_field(
        self, one: Pairing, office: Client, changes: dict[str, str], told: str
    ) -> None:
        answer = office.post(f"{PLAN}ask/", {**FORM, **changes, "step": "look"})
        assert answer.status_code == 422
        assert told in words(answer)
        assert versions().count() == 1

    def test_money_that_enters_the_plan(self, one: Pairing, office: Client) -> None:
        assert "E9 · 2026-04-02 · 88,000.00" in words(office.get(f"{PLAN}ask/"))
        sent = {**FORM, "planned": "1288000", "taken_in": "E9", "step": "look"}
        answer = office.post(f"{PLAN}ask/", sent)
        office.post(f"{PLAN}ask/", {**sent, "step": "ask", "seen": mark(answer)})
        told = words(office.get(f"{PLAN}2/"))
        assert "纳入计划的计划外资金： E9 2026-04-02" in told

    def test_a_form_that_was_open_when_another_was_approved(self, one: Pairing, office: Client) -> None:
        """It stays with what it was made from: what the other changed is not turned back unseen."""
        approve_version(wanted(planned_end=None), document="批2", actor=CLERK)
        answer = office.post(f"{PLAN}ask/", {**FORM, "planned": "60万元", "step": "look"})
        assert "第2版已获批准" in words(answer)
        office.post(f"{PLAN}ask/", {**FORM, "planned": "60万元", "step": "ask", "seen": mark(answer)})
        page = words(office.get(f"{PLAN}3/"))
        assert "所依据的版本已经不是现行版本" in page
        assert "批准这一版" not in page

    def test_versions_that_cannot_be_followed(self, one: Pairing, office: Client) -> None:
        for asked in ("follows=9", "follows=1&follows=x", "follows=" + "9" * 400, "follows="):
            assert office.get(f"{PLAN}ask/?{asked}").status_code == 422
        assert office.post(f"{PLAN}ask/", {**FORM, "based": "7"}).status_code == 422
        assert office.post(f"{PLAN}ask/", {**FORM, "based": ""}).status_code == 422

    def test_a_withdrawn_project(self, one: Pairing, office: Client) -> None:
        wanted(planned=Decimal(5))
        for kind, key in (("money", "E9"), ("target", "B5"), ("project", "QS-05")):
            withdraw(KINDS[kind], one, key, actor=CLERK, why="重复")
        assert office.get(f"{PLAN}ask/")["Location"].endswith("/QS-05/")
        assert "恢复以后才能审批" in words(office.get(f"{PLAN}2/"))
        assert office.post(f"{PLAN}2/approve", {"document": "批", "seen": "x"}).status_code in (409, 422)
        assert "QS-05" not in words(office.get("/register/-/plans/"))


class TestDeciding:
    def test_what_the_approver_saw_is_what_then_stands(self, one: Pairing, office: Client) -> None:
        wanted(planned=Decimal(600000))
        page = office.get(f"{PLAN}2/")
        assert "75% – 90.63% 须高于" not in words(page)
        assert "60% – 85%" in words(page)
        answer = office.post(f"{PLAN}2/approve", {"document": "批2", "said": "同意", "seen": mark(page)})
        assert answer["Location"] == f"{PLAN}2/"
        assert Project.objects.get(key="QS-05").planned == 600000
        looked = words(office.post(f"{PLAN}ask/", {**FORM, "planned": "1", "based": "2", "step": "look"}))
        assert "之前 尚不能定 60% – 85%" in looked
        told = words(office.get(f"{PLAN}2/"))
        assert "批准时的影响" in told
        assert "批2" in told

    def test_an_effect_that_moved_is_shown_anew(self, one: Pairing, office: Client) -> None:
        wanted(planned=Decimal(600000))
        seen = mark(office.get(f"{PLAN}2/"))
        enter(one, "project", "QS-04", {"planned": "9000000"})
        assert "申请以后台账有变动" in words(office.get(f"{PLAN}2/"))
        for sent in ({"seen": seen}, {}):
            answer = office.post(f"{PLAN}2/approve", {"document": "批2", **sent})
            assert answer.status_code == 409
            assert 'value="批2"' in answer.content.decode()
        assert versions().get(number=2).state == State.ASKED

    def test_words_are_needed(self, one: Pairing, office: Client) -> None:
        wanted(planned=Decimal(5))
        seen = mark(office.get(f"{PLAN}2/"))
        answer = office.post(f"{PLAN}2/approve", {"document": " ", "said": "同意增加", "seen": seen})
        assert answer.status_code == 422
        assert "文号" in words(answer)
        assert "同意增加" in answer.content.decode()
        assert office.post(f"{PLAN}2/refuse", {"why": " "}).status_code == 422
        assert office.post(f"{PLAN}2/refuse", {"why": "无依据"}).status_code == 302
        assert (versions().get(number=2).state, versions().get(number=2).said) == (State.REFUSED, "无依据")
        again = office.post(f"{PLAN}2/refuse", {"why": "无依据"})
        assert again.status_code == 409
        assert "已由" in words(again)

    def test_taken_back(self, one: Pairing, office: Client) -> None:
        wanted(planned=Decimal(5))
        assert office.post(f"{PLAN}2/take-back", {"why": "重写"}).status_code == 302
        assert versions().get(number=2).state == State.TAKEN_BACK

    def test_two_side_by_side_are_merged(self, one: Pairing, office: Client) -> None:
        first, second = wanted(planned=Decimal(1500000)), wanted(planned=Decimal(1300000), planned_end=None)
        approve_version(first, document="批2", actor=CLERK)
        page = office.get(f"{PLAN}{second.number}/")
        told = words(page)
        assert "所依据的版本已经不是现行版本" in told
        assert (
            office.post(f"{PLAN}3/approve", {"document": "批3", "seen": mark_none(page)}).status_code == 409
        )
        ask = office.get(f"{PLAN}ask/?follows=2&follows=3")
        told = words(ask)
        for part in (
            "第2版（已批准）：1,500,000.00",
            "第3版（待批）：1,300,000.00",
            "两版之前（第1版）：1,200,000.00",
            "只有第3版改了这一项",
        ):
            assert part in told, part
        sent = {
            "level": "below",
            "livelihood": "whole",
            "planned_start": "2023-03-01",
            "reason": "合并",
            "based": "2,3",
        }
        nothing = office.post(f"{PLAN}ask/", {**sent, "step": "look"})
        assert nothing.status_code == 422
        assert words(nothing).count("两个版本说法不同，请选一个") == 2
        chosen = {
            **sent,
            "planned_of": "other",
            "planned": "140万元",
            "planned_end_of": "3",
            "planned_end": "",
        }
        looked = office.post(f"{PLAN}ask/", {**chosen, "step": "look"})
        assert "1,400,000.00" in words(looked)
        office.post(f"{PLAN}ask/", {**chosen, "step": "ask", "seen": mark(looked)})
        office.post(f"{PLAN}4/approve", {"document": "批4", "seen": mark(office.get(f"{PLAN}4/"))})
        found = Project.objects.get(key="QS-05")
        assert (found.planned, found.planned_end) == (1400000, None)
        assert versions().get(number=3).state == State.TAKEN_BACK


def mark_none(answer: Any) -> str:
    """A page on which nothing can be approved has no mark; something is sent nevertheless."""
    assert 'name="seen"' not in answer.content.decode()
    return "x"


class TestWho:
    @pytest.mark.parametrize("role", list(Role))
    def test_each_role(self, one: Pairing, signed_in: SignedIn, role: Role) -> None:
        wanted(planned=Decimal(5))
        client = signed_in(role, one)
        may = role in (Role.OFFICE, Role.ADMINISTRATOR)
        for path in (PLAN, f"{PLAN}2/"):
            answer = client.get(path)
            assert answer.status_code == 200
            assert ("批准这一版" in words(answer)) is (may and path != PLAN)
        assert client.get(f"{PLAN}ask/").status_code == (200 if may else 403)
        for path in ("/register/-/plans/", "/register/one/plans/"):
            assert client.get(path).status_code == (200 if may else 403)
        assert ("待批计划" in words(client.get("/register/"))) is may
        for act, sent in (
            ("approve", {"document": "批"}),
            ("refuse", {"why": ""}),
            ("take-back", {"why": ""}),
        ):
            assert (client.post(f"{PLAN}2/{act}", sent).status_code == 403) is not may

    def test_another_pairing(self, one: Pairing, signed_in: SignedIn) -> None:
        wanted(planned=Decimal(5))
        client = signed_in(Role.OFFICE, Pairing.objects.get(key="two"))
        for path in (PLAN, f"{PLAN}2/", f"{PLAN}ask/", "/register/one/plans/"):
            assert client.get(path).status_code == 404
        for act in ("approve", "refuse", "take-back"):
            assert client.post(f"{PLAN}2/{act}", {"document": "批", "why": "x"}).status_code == 404
        assert "QS-05" not in words(client.get("/register/-/plans/"))
        assert versions().get(number=2).state == State.ASKED


class TestWaiting:
    def test_the_list(self, one: Pairing, office: Client, account: Callable[..., User]) -> None:
        wanted(planned=Decimal(600000))
        told = words(office.get("/register/one/plans/"))
        for part in (
            "QS-05 中心校学生宿舍",
            "1,200,000.00 → 600,000.00",
            "材料涨价",
            "→ 60% – 85%",
            "尚不能定",
        ):
            assert part in told, part
        assert "QS-05" not in words(office.get("/register/two/plans/"))

    def test_how_many_questions_it_asks(self, one: Pairing, office: Client) -> None:
        wanted(planned=Decimal(600000))
        office.get("/register/-/plans/")
        with CaptureQueriesContext(
            connection,
        ) as few:
            office.get("/register/-/plans/")
        for amount in range(1, 10):
            wanted(planned=Decimal(amount))
        with CaptureQueriesContext(connection) as many:
            office.get("/register/-/plans/")
        assert len(many) - len(few) <= 9  # one a row, for the names of what decides
