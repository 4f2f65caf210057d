"""Records made, changed, withdrawn and brought back: rights, references, conflicts, the audit and its seals."""

import pytest

from programme.conftest import NOON, Enter, made, of_role, told
from programme.filled import fill_register
from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import head
from shanhai.ledger.errors import Conflict, NotAllowed, NotPossible, NotThere
from shanhai.ledger.models import Entry, Pairing, Role
from shanhai.ledger.rights import Right
from shanhai.ledger.verify import Trouble, verify
from shanhai.programme import derived
from shanhai.programme.access import access_kind, access_record, kinds, records
from shanhai.programme.actions.records import Refused, Told, bring_back, put, put_all, withdraw
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import Arrangement, Balance, Countable, Flow, MoneyEvent, Project
from shanhai.programme.values import Unreadable

pytestmark = pytest.mark.django_db
PROJECT, MONEY = KINDS["project"], KINDS["money"]


def last() -> Entry:
    found = head()
    assert found is not None
    return found


class TestMaking:
    def test_entry_holds_what_was_told(self, project: Enter) -> None:
        made = project("X1", planned="12万元", evidence=" 文号  1 ", why="新批")
        assert (made.revision, made.evidence, made.planned) == (1, "文号 1", 120000)
        entry = last()
        assert (entry.action, entry.subject, entry.why, entry.old) == (
            "enter",
            "project:cq-cd/X1",
            "新批",
            None,
        )
        assert entry.new["planned"] == "120000.00"
        assert list(entry.seals) == ["project:cq-cd/X1"]
        assert list(verify()) == []

    def test_numbers_are_given_where_none_is_told(self, project: Enter) -> None:
        project("X7")
        project("X旧")
        assert project().key == "X8"

    def test_all_problems_are_told_together(self, pairing: Pairing, clerk: Actor) -> None:
        one = told(
            "project",
            pairing,
            "甲/1",
            planned_start="2024-01-01",
            planned_end="2023-01-01",
            evidence="长" * 301,
        )
        with pytest.raises(Refused) as refused:
            put(PROJECT, pairing, one, actor=clerk)
        assert [p.field for p in refused.value.problems] == ["key", "evidence", "name", "area"]
        one = told(
            "project", pairing, "X1", name="甲", area="health", planned_start="2024-01-01", planned_end="2023-01-01",
            livelihood="part", ended="2024-01-01",
        )  # fmt: skip
        with pytest.raises(Refused) as refused:
            put(PROJECT, pairing, one, actor=clerk)
        assert [p.field for p in refused.value.problems] == [
            "planned_end",
            "livelihood_share",
            "status",
            "started",
        ]
        assert not Project.objects.exists()

    def test_all_or_nothing(self, pairing: Pairing, clerk: Actor) -> None:
        before = Entry.objects.count()
        rows = [
            told("money", pairing, "E1", stage="arrived", amount="5", day="2023-01-01", plan="in"),
            told("money", pairing, "E2", stage="arrived", amount="0", day="2023-01-01", plan="in"),
        ]
        with pytest.raises(Refused, match="amount is 0"):
            put_all(MONEY, pairing, rows, actor=clerk)
        assert not MoneyEvent.objects.exists()
        assert not Flow.objects.exists()
        assert Entry.objects.count() == before


class TestChanging:
    def test_only_what_changed_is_told(self, project: Enter) -> None:
        project("X1", name="甲", planned="5")
        project("X1", name="乙")
        assert (last().old, last().new) == ({"name": "甲"}, {"name": "乙"})
        assert Project.objects.get().revision == 2

    def test_nothing_changed_is_no_entry(self, project: Enter) -> None:
        project("X1", name="甲")
        number = last().number
        assert project("X1", name="甲").revision == 1
        assert last().number == number

    def test_many_have_one_entry(self, project: Enter, pairing: Pairing, clerk: Actor) -> None:
        project("X1", name="甲")
        rows = [told("project", pairing, k, name="丙", area="health") for k in ("X1", "X2")]
        put_all(PROJECT, pairing, rows, actor=clerk, at=NOON)
        entry = last()
        assert (entry.action, entry.subject) == ("enter many", "register:cq-cd/project")
        assert entry.old == {"X1": {"name": "甲"}, "X2": None}
        assert set(entry.seals) == {"project:cq-cd/X1", "project:cq-cd/X2"}

    def test_someone_else_changed_it(self, project: Enter, pairing: Pairing, clerk: Actor) -> None:
        project("X1", name="甲")
        project("X1", name="乙", revision=1)
        with pytest.raises(Conflict, match="X1"):
            project("X1", name="丙", revision=1)
        with pytest.raises(Conflict):
            withdraw(PROJECT, pairing, "X1", actor=clerk, why="重复", revision=1)
        with pytest.raises(Conflict):
            project("X9", name="甲", area="health", revision=1)
        assert Project.objects.get().name == "乙"

    def test_emptied(self, project: Enter) -> None:
        project("X1", planned="5", level="county", builder="县局")
        project("X1", planned="", level="", builder="")
        found = Project.objects.get()
        assert (found.planned, found.level, found.builder) == (None, "unclassified", "")


class TestChecks:
    def test_parent_in_a_circle(self, project: Enter) -> None:
        project("X1")
        project("X2", parent="X1")
        project("X3", parent="X2")
        for parent, chain in (("X3", "X1 → X3 → X2 → X1"), ("X1", "X1 → X1")):
            with pytest.raises(Refused, match=chain):
                project("X1", parent=parent)

    def test_two_currencies(self, project: Enter, money: Enter) -> None:
        project("X1")
        with pytest.raises(Refused, match="USD"):
            money("E1", "arrived", "5", project="X1", currency="USD")
        money("E1", "arrived", "5", project="X1")
        with pytest.raises(Refused, match="E1"):
            project("X1", currency="USD")

    def test_shares_over_one(self, project: Enter, enter: Enter) -> None:
        project("X1")
        enter("cofunding", "C1", project="X1", funder="县财政", share="60%")
        enter("cofunding", "C2", project="X1", funder="企业")
        with pytest.raises(Refused, match=r"100\.1%"):
            enter("cofunding", "C2", share="40.1%")
        enter("cofunding", "C2", share="40%")
        enter("cofunding", "C1", share="60%", evidence="协议")

    def test_ratio_needs_its_parts(self, enter: Enter) -> None:
        period = {"starts": "2023-01-01", "ends": "2023-12-31"}
        enter("target", "B1", indicator="ecology.survival_rate", unit="%", target="85", **period)
        with pytest.raises(Refused, match="numerator"):
            enter("result", "W1", target="B1", value="85", **period)
        with pytest.raises(Refused, match="denominator may not be 0"):
            enter("result", "W1", target="B1", numerator="5", denominator="0", **period)

    def test_breakdown_that_does_not_add_up(self, enter: Enter) -> None:
        period = {"starts": "2023-01-01", "ends": "2023-12-31"}
        enter("target", "B1", indicator="training.people", unit="人", target="85", **period)
        with pytest.raises(Refused, match="31"):
            enter("result", "W1", target="B1", value="32", breakdown="女 11；男 20", **period)


class TestWithdrawing:
    def test_out_of_totals_and_back(
        self, project: Enter, money: Enter, pairing: Pairing, clerk: Actor
    ) -> None:
        project("X1")
        money("E1", "arrived", "5", project="X1")
        withdraw(MONEY, pairing, "E1", actor=clerk, why="误录")
        assert not Balance.objects.exists()
        assert not Flow.objects.exists()
        bring_back(MONEY, pairing, "E1", actor=clerk)
        assert (Balance.objects.get().arrived, Flow.objects.get().amount) == (5, 5)
        assert list(verify()) == []

    def test_what_is_referred_to_stays(
        self, project: Enter, money: Enter, pairing: Pairing, clerk: Actor
    ) -> None:
        project("X1")
        money("E1", "arrived", "5", project="X1")
        with pytest.raises(NotPossible, match="E1"):
            withdraw(PROJECT, pairing, "X1", actor=clerk, why="重复")
        withdraw(MONEY, pairing, "E1", actor=clerk, why="误录")
        withdraw(PROJECT, pairing, "X1", actor=clerk, why="重复")
        with pytest.raises(Refused, match="X1"):
            bring_back(MONEY, pairing, "E1", actor=clerk)

    def test_refusals(self, project: Enter, pairing: Pairing, clerk: Actor) -> None:
        project("X1")
        with pytest.raises(NotPossible, match="why"):
            withdraw(PROJECT, pairing, "X1", actor=clerk, why=" ")
        with pytest.raises(NotPossible, match="X2"):
            withdraw(PROJECT, pairing, "X2", actor=clerk, why="重复")
        with pytest.raises(NotPossible, match="stands already"):
            bring_back(PROJECT, pairing, "X1", actor=clerk)
        withdraw(PROJECT, pairing, "X1", actor=clerk, why="重复")
        with pytest.raises(NotPossible, match="withdrawn already"):
            withdraw(PROJECT, pairing, "X1", actor=clerk, why="重复")
        with pytest.raises(Refused, match="Bring it back"):
            project("X1", builder="县局")

    def test_arrangement_once(self, enter: Enter, pairing: Pairing, clerk: Actor) -> None:
        enter("arrange", "A1", mode="对口支援", since="1995-01-01")
        with pytest.raises(Refused, match="A1"):
            enter("arrange", "A2", mode="对口支援", since="1995-01-01")
        withdraw(KINDS["arrange"], pairing, "A1", actor=clerk, why="重复")
        enter("arrange", "A2", mode="对口支援", since="1995-01-01")
        assert Arrangement.objects.count() == 2


class TestRights:
    @pytest.mark.parametrize("role", list(Role))
    def test_who_writes(self, role: Role, pairing: Pairing, project: Enter, clerk: Actor) -> None:
        actor, elsewhere = of_role(role, pairing), of_role(role, made("bing-ding", clerk))
        project("X1")
        acts = (
            lambda who: put(PROJECT, pairing, Told("X1", {"name": "乙"}), actor=who),
            lambda who: withdraw(PROJECT, pairing, "X1", actor=who, why="重复"),
            lambda who: bring_back(PROJECT, pairing, "X1", actor=who),
        )
        for act in acts:
            with pytest.raises(NotAllowed):
                act(elsewhere)
            if role in (Role.OFFICE, Role.ADMINISTRATOR):
                act(actor)
            else:
                with pytest.raises(NotAllowed):
                    act(actor)

    @pytest.mark.parametrize("role", list(Role))
    def test_who_sees_people(self, role: Role, pairing: Pairing, clerk: Actor) -> None:
        fill_register(pairing, clerk)
        actor = of_role(role, pairing)
        may = role is not Role.READER
        assert actor.may(Right.PEOPLE, pairing.pk) is may
        assert ({"member", "assess", "honour"} <= {k.name for k in kinds(actor, pairing)}) is may
        assert records(actor, KINDS["member"]).exists() is may
        assert records(actor, PROJECT).exists()
        if not may:
            for asked in (
                lambda: access_kind(actor, "member"),
                lambda: access_record(actor, KINDS["member"], pairing, "Y1"),
            ):
                with pytest.raises(NotThere):
                    asked()

    def test_other_pairings_are_not_there(self, pairing: Pairing, project: Enter, clerk: Actor) -> None:
        project("X1")
        other = of_role(Role.OFFICE, made("bing-ding", clerk))
        assert not records(other, PROJECT).exists()
        with pytest.raises(NotThere):
            access_record(other, PROJECT, pairing, "X1")
        with pytest.raises(NotAllowed):
            access_record(of_role(Role.READER, pairing), PROJECT, pairing, "X1", Right.RECORD)

    def test_records_of_another_pairing_cannot_be_named(
        self, pairing: Pairing, project: Enter, clerk: Actor
    ) -> None:
        """A reference is looked for in its own pairing only."""
        project("X1")
        other = made("bing-ding", clerk)
        with pytest.raises(Unreadable, match="X1"):
            told("money", other, project="X1")


class TestSeals:
    def test_change_behind_its_back_is_told(self, pairing: Pairing, clerk: Actor) -> None:
        fill_register(pairing, clerk)
        assert list(verify()) == []
        for kind in KINDS.values():
            record = kind.model._default_manager.order_by("-pk")[0]
            kind.model._default_manager.filter(pk=record.pk).update(evidence="改")
            (fault,) = verify()
            assert (fault.trouble, fault.column) == (Trouble.CHANGED, "evidence"), kind.name
            kind.model._default_manager.filter(pk=record.pk).update(evidence=record.evidence)
        assert list(verify()) == []

    def test_plan_behind_its_back(self, pairing: Pairing, clerk: Actor) -> None:
        fill_register(pairing, clerk)
        version = Project.objects.get(key="ZX-012").versions.get(number=2)
        version.follows.clear()
        (fault,) = verify()
        assert fault.trouble is Trouble.MISSING

    def test_row_put_in_or_taken_away(self, pairing: Pairing, project: Enter, clerk: Actor) -> None:
        made = project("X1")
        Project.objects.create(pairing=pairing, key="X2", name="暗", area="health")
        assert [f.trouble for f in verify()] == [Trouble.UNRECORDED, Trouble.DERIVED]
        Project.objects.filter(key="X2").delete()
        Project.objects.filter(pk=made.pk).delete()
        assert [f.trouble for f in verify()] == [Trouble.MISSING]

    def test_derived_rows_changed_behind_its_back(
        self, pairing: Pairing, project: Enter, money: Enter
    ) -> None:
        project("X1")
        money("E1", "arrived", "5", project="X1")
        assert list(derived.differing(pairing)) == []
        Balance.objects.update(arrived=6)
        Flow.objects.update(amount=4)
        Countable.objects.update(planned=7)
        found = list(derived.differing(pairing))
        assert [(f.trouble, f.table, f.column) for f in found] == [
            (Trouble.DERIVED, "balance", "arrived"),
            (Trouble.DERIVED, "flow", "arrived"),
            (Trouble.DERIVED, "countable", ""),
        ]
        assert found[0].zh == "记为6.00，逐笔合计是5.00。"
        assert list(verify()) == found
        derived.renew_all(pairing)
        assert list(derived.differing(pairing)) == []
