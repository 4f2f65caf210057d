"""Plan versions: asked for, approved, refused, merged, undone; what they do to their project."""

import datetime

import pytest

from programme.conftest import NOON, Enter, made, of_role
from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import Conflict, NotAllowed, NotPossible, NotThere
from shanhai.ledger.models import Role
from shanhai.ledger.verify import verify
from shanhai.programme.actions.plans import Asked, approve, ask, refuse, take_back
from shanhai.programme.actions.records import Refused, withdraw
from shanhai.programme.actions.undo import undo
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import MoneyEvent, PlanVersion, Project
from shanhai.programme.plans.graph import content_of

from .asking import approved, change, last, values

pytestmark = pytest.mark.django_db
State = PlanVersion.State


class TestAsking:
    def test_first_version_is_the_plan_as_it_stands(self, clinic: Project, clerk: Actor) -> None:
        version = ask(clinic, Asked(), actor=clerk, at=NOON)
        assert (version.number, version.state) == (1, State.ASKED)
        assert version.content == content_of(clinic)
        assert version.content["planned"] == "1200000.00"
        assert last().new["content"] == version.content
        assert list(verify()) == []

    def test_change_is_made_from_what_is_in_force(self, clinic: Project, clerk: Actor) -> None:
        first = approved(clinic, clerk)
        version = change(clinic, clerk, planned="150万元", why="材料涨价")
        assert [v.number for v in version.follows.all()] == [1]
        assert version.content == {**first.content, "planned": "1500000.00"}
        assert Project.objects.get().planned == 1200000
        assert version.effect["fields"] == {"planned": ["1200000.00", "1500000.00"]}

    def test_emptied_field(self, clinic: Project, clerk: Actor) -> None:
        approved(clinic, clerk)
        version = approved(clinic, clerk, places="", planned_end="")
        assert (version.content["places"], version.content["planned_end"]) == ([], None)
        found = Project.objects.get()
        assert (found.places, found.planned_end) == ([], None)
        undo(last().number, actor=clerk)
        assert Project.objects.get().planned_end == datetime.date(2024, 10, 31)

    @pytest.mark.parametrize(
        ("texts", "told"),
        [
            ({"planned_end": "2022-01-01"}, "2022-01-01"),
            ({"livelihood": "part"}, "民生占比"),
            ({"name": "别名"}, "name"),
        ],
    )
    def test_plan_that_cannot_be(
        self, clinic: Project, clerk: Actor, texts: dict[str, str], told: str
    ) -> None:
        with pytest.raises(Refused) as refused:
            change(clinic, clerk, **texts)
        assert told in refused.value.zh
        assert not PlanVersion.objects.exists()

    def test_nothing_changed_and_no_reason(self, clinic: Project, clerk: Actor) -> None:
        approved(clinic, clerk)
        with pytest.raises(NotPossible, match="changes nothing"):
            change(clinic, clerk, planned="1200000")
        with pytest.raises(NotPossible, match="why"):
            change(clinic, clerk, planned="5", why=" ")

    def test_version_that_cannot_be_followed(self, clinic: Project, clerk: Actor) -> None:
        refuse(change(clinic, clerk), why="不全", actor=clerk)
        for number in (1, 7):
            with pytest.raises(NotPossible, match=str(number)):
                change(clinic, clerk, number, planned="5")

    def test_withdrawn_project(self, clinic: Project, clerk: Actor) -> None:
        withdraw(KINDS["project"], clinic.pairing, "X1", actor=clerk, why="重复")
        with pytest.raises(NotPossible, match="X1"):
            ask(clinic, Asked(), actor=clerk)

    def test_plan_fields_change_by_requests_only_once_approved(
        self, clinic: Project, project: Enter, clerk: Actor
    ) -> None:
        change(clinic, clerk)
        project("X1", planned="130万元")
        approve(PlanVersion.objects.get(), document="批1", actor=clerk)
        assert Project.objects.get().planned == 1200000
        with pytest.raises(Refused, match="approved plan"):
            project("X1", planned="140万元")


class TestDeciding:
    def test_approving_applies_the_plan(self, clinic: Project, clerk: Actor) -> None:
        approved(clinic, clerk)
        version = approved(clinic, clerk, planned="150万元", places="边坝县", livelihood="none")
        found = Project.objects.get()
        assert (found.planned, found.livelihood, found.revision) == (1500000, "none", 2)
        assert content_of(found) == version.content
        entry = last()
        assert entry.old["fields"]["planned"] == "1200000.00"
        assert entry.new["fields"]["planned"] == "1500000.00"
        assert list(verify()) == []

    def test_own_request_is_marked(self, clinic: Project, clerk: Actor) -> None:
        approved(clinic, clerk)
        assert last().new["own_request"] is True
        version = change(clinic, clerk, planned="5")
        approve(version, document="批2", actor=of_role(Role.OFFICE, clinic.pairing))
        assert "own_request" not in last().new

    def test_document_and_reason(self, clinic: Project, clerk: Actor) -> None:
        version = change(clinic, clerk)
        with pytest.raises(NotPossible, match="document"):
            approve(version, document=" ", actor=clerk)
        with pytest.raises(NotPossible, match="why"):
            refuse(version, why="", actor=clerk)

    def test_decided_once(self, clinic: Project, clerk: Actor) -> None:
        version = approved(clinic, clerk)
        for decide in (
            lambda: approve(version, document="批2", actor=clerk),
            lambda: refuse(version, why="不全", actor=clerk),
            lambda: take_back(version, actor=clerk),
        ):
            with pytest.raises(Conflict) as conflict:
                decide()
            assert (conflict.value.by, conflict.value.decision) == ("cli:clerk", "approved")

    def test_refused_and_taken_back(self, clinic: Project, clerk: Actor) -> None:
        approved(clinic, clerk)
        one = refuse(change(clinic, clerk, planned="5"), why="无依据", actor=clerk)
        other = take_back(change(clinic, clerk, planned="6"), actor=clerk)
        assert (one.state, one.said, other.state) == (State.REFUSED, "无依据", State.TAKEN_BACK)
        assert Project.objects.get().planned == 1200000

    def test_project_that_no_longer_fits(self, clinic: Project, money: Enter, clerk: Actor) -> None:
        """What the project's checks say now counts, not what they said when it was asked for."""
        version = change(clinic, clerk, planned_end="2023-06-30")
        Project.objects.update(currency="USD")
        MoneyEvent.objects.create(
            pairing=clinic.pairing, project=clinic, key="E1", stage="arrived", plan="in", amount=5,
            day=datetime.date(2023, 1, 1), currency="CNY",
        )  # fmt: skip
        with pytest.raises(Refused, match="E1"):
            approve(version, document="批1", actor=clerk)
        assert PlanVersion.objects.get().state == State.ASKED

    @pytest.mark.parametrize("role", list(Role))
    def test_rights(self, clinic: Project, clerk: Actor, role: Role) -> None:
        actor = of_role(role, clinic.pairing)
        may = role in (Role.OFFICE, Role.ADMINISTRATOR)
        version = change(clinic, clerk)
        for act in (
            lambda: ask(clinic, Asked({"planned": 5}, "量减", ()), actor=actor),
            lambda: take_back(PlanVersion.objects.latest("number"), actor=actor),
            lambda: approve(version, document="批1", actor=actor),
        ):
            if may:
                act()
            else:
                with pytest.raises(NotAllowed):
                    act()

    def test_office_of_another_pairing(self, clinic: Project, clerk: Actor) -> None:
        other = of_role(Role.OFFICE, made("bing-ding", clerk))
        version = change(clinic, clerk)
        number = last().number
        with pytest.raises(NotAllowed):
            approve(version, document="批1", actor=other)
        with pytest.raises(NotThere):
            undo(number, actor=other)


class TestSideBySide:
    def test_second_of_two_must_be_merged(self, clinic: Project, clerk: Actor) -> None:
        approved(clinic, clerk)
        more = change(clinic, clerk, planned="150万元")
        later = change(clinic, clerk, planned="130万元", planned_end="2025-06-30")
        assert later.effect["concurrent"] == [2]
        assert approve(more, document="批2", actor=clerk).effect["concurrent"] == [3]
        with pytest.raises(Conflict, match="follows both"):
            approve(later, document="批3", actor=clerk)
        assert Project.objects.get().planned == 1500000

        with pytest.raises(Refused) as torn:
            change(clinic, clerk, 2, 3, planned_end="2025-06-30")
        assert [p.field for p in torn.value.problems] == ["planned"]
        merged = change(clinic, clerk, 2, 3, planned="150万元", planned_end="2025-06-30")
        assert [v.number for v in merged.follows.order_by("number")] == [2, 3]
        approve(merged, document="批4", actor=clerk)
        found = Project.objects.get()
        assert (found.planned, found.planned_end) == (1500000, datetime.date(2025, 6, 30))
        later.refresh_from_db()
        assert (later.state, later.said) == (State.TAKEN_BACK, "并入第4版")
        assert list(verify()) == []

        undo(last().number, actor=clerk)
        later.refresh_from_db()
        merged.refresh_from_db()
        assert (later.state, merged.state, merged.document) == (State.ASKED, State.ASKED, "")
        assert Project.objects.get().planned_end == datetime.date(2024, 10, 31)
        assert list(verify()) == []

    def test_two_first_plans(self, clinic: Project, clerk: Actor) -> None:
        one, other = change(clinic, clerk), change(clinic, clerk, planned="5")
        assert other.effect["concurrent"] == [1]
        approve(one, document="批1", actor=clerk)
        with pytest.raises(Conflict, match="Version 2 and version 1"):
            approve(other, document="批2", actor=clerk)

    def test_version_behind_what_is_in_force(self, clinic: Project, clerk: Actor) -> None:
        approved(clinic, clerk)
        approved(clinic, clerk, planned="5")
        late = change(clinic, clerk, 1, planned="6")
        with pytest.raises(Conflict):
            approve(late, document="批3", actor=clerk)


class TestOutOfPlan:
    def test_money_that_enters_is_a_typed_event(self, clinic: Project, money: Enter, clerk: Actor) -> None:
        approved(clinic, clerk)
        money("E1", "arrived", "20万元", project="X1", plan="out")
        asked = Asked(values(clinic.pairing, planned="140万元"), "纳入", None, ["E1"])
        version = ask(clinic, asked, actor=clerk)
        assert version.content["events"] == [
            {
                "type": "out_of_plan_enters",
                "money": "E1",
                "day": "2023-05-10",
                "amount": "200000.00",
                "currency": "CNY",
            }
        ]
        approve(version, document="批2", actor=clerk)
        with pytest.raises(Refused, match="already"):
            ask(clinic, asked, actor=clerk)
        assert change(clinic, clerk, planned="1").content.get("events") is None

    def test_money_that_cannot_enter(
        self, clinic: Project, project: Enter, money: Enter, clerk: Actor
    ) -> None:
        project("X2")
        money("E1", "arrived", "20", project="X1")
        money("E2", "arrived", "20", project="X2", plan="out")
        with pytest.raises(Refused) as refused:
            ask(clinic, Asked({}, "纳入", None, ["E1", "E2", "E9"]), actor=clerk)
        assert len(refused.value.problems) == 3


class TestUndo:
    def test_approval(self, clinic: Project, clerk: Actor) -> None:
        approved(clinic, clerk)
        version = approved(clinic, clerk, planned="150万元")
        entry = undo(last().number, actor=clerk, why="文号有误", at=NOON)
        version.refresh_from_db()
        assert (version.state, version.decided_by, version.document) == (State.ASKED, "", "")
        assert Project.objects.get().planned == 1200000
        assert (entry.new["undoes"], entry.new["fields"]) == (
            entry.number - 1,
            {"planned": "1200000.00"},
        )
        assert list(verify()) == []
        approve(version, document="批3", actor=clerk)
        assert Project.objects.get().planned == 1500000

    def test_approval_that_another_follows(self, clinic: Project, clerk: Actor) -> None:
        approved(clinic, clerk)
        number = last().number
        approved(clinic, clerk, planned="150万元")
        with pytest.raises(Conflict, match="X1"):
            undo(number, actor=clerk)

    def test_refusal_and_request(self, clinic: Project, clerk: Actor) -> None:
        version = change(clinic, clerk)
        asked = last().number
        refuse(version, why="不全", actor=clerk)
        undo(last().number, actor=clerk)
        assert PlanVersion.objects.get().state == State.ASKED
        with pytest.raises(NotPossible, match="anew"):
            undo(last().number, actor=clerk)
        undo(asked, actor=clerk)
        assert PlanVersion.objects.get().state == State.TAKEN_BACK
