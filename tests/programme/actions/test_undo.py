"""Entries of the audit taken back."""

import pytest

from programme.conftest import NOON, Enter, made, of_role, told
from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import head
from shanhai.ledger.errors import Conflict, NotAllowed, NotPossible, NotThere
from shanhai.ledger.models import Entry, Pairing, Role
from shanhai.ledger.verify import verify
from shanhai.programme import derived
from shanhai.programme.actions.plans import Asked, approve, ask, refuse
from shanhai.programme.actions.records import Refused, Told, bring_back, put, put_all, withdraw
from shanhai.programme.actions.undo import undo, would_undo
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import Balance, MoneyEvent, Project
from shanhai.programme.queries.histories import history, last_entry

pytestmark = pytest.mark.django_db
PROJECT, MONEY = KINDS["project"], KINDS["money"]


def last() -> int:
    found = head()
    assert found is not None
    return found.number


def test_a_change_goes_back_with_all_kinds_of_values(project: Enter, pairing: Pairing, clerk: Actor) -> None:
    before = project(
        "X1",
        places="洛隆县孜托镇；边坝县",
        planned="12万元",
        livelihood="部分民生",
        livelihood_share="35%",
        planned_end="2024-10-31",
        builder="县卫健委",
        evidence="文号1",
    )
    one = told(
        "project", pairing, "X1", places="", planned="", livelihood="whole", livelihood_share="", planned_end="",
        builder="", evidence="文号2",
    )  # fmt: skip
    put(PROJECT, pairing, one, actor=clerk)
    entry = undo(last(), actor=clerk, why="填错", at=NOON)
    after = Project.objects.get(key="X1")
    for field in PROJECT.fields:
        assert getattr(after, field.name) == getattr(before, field.name), field.name
    assert (after.evidence, after.revision) == ("文号1", 3)
    assert entry.new["undoes"] == entry.number - 1
    assert (entry.action, entry.why) == ("undo", f"撤销审计第{entry.number - 1}条：填错")
    assert list(verify()) == []


def test_what_was_made_is_withdrawn_and_stands_again(
    project: Enter, money: Enter, pairing: Pairing, clerk: Actor
) -> None:
    project("X1")
    money("E1", "arrived", "5", project="X1")
    undo(last(), actor=clerk)
    assert MoneyEvent.objects.get().withdrawn
    assert not Balance.objects.exists()
    undo(last(), actor=clerk)
    assert Balance.objects.get().arrived == 5
    assert list(derived.differing(pairing)) == []


def test_withdrawing_and_bringing_back(project: Enter, pairing: Pairing, clerk: Actor) -> None:
    project("X1")
    withdraw(PROJECT, pairing, "X1", actor=clerk, why="重复")
    withdrawn = last()
    undo(withdrawn, actor=clerk)
    assert not Project.objects.get().withdrawn
    withdraw(PROJECT, pairing, "X1", actor=clerk, why="重复")
    bring_back(PROJECT, pairing, "X1", actor=clerk)
    undo(last(), actor=clerk)
    assert Project.objects.get().withdrawn


def test_many_at_once(project: Enter, pairing: Pairing, clerk: Actor) -> None:
    project("X1", name="旧名")
    several = [
        told("project", pairing, "X1", name="新名"),
        told("project", pairing, "X2", name="乙", area="health", parent="X1"),
        told("project", pairing, "X3", name="丙", area="health"),
    ]
    put_all(PROJECT, pairing, several, actor=clerk)
    undo(last(), actor=clerk)
    assert list(Project.objects.order_by("key").values_list("key", "name", "withdrawn")) == [
        ("X1", "旧名", False),
        ("X2", "乙", True),
        ("X3", "丙", True),
    ]
    undo(last(), actor=clerk)
    assert list(Project.objects.order_by("key").values_list("name", "withdrawn")) == [
        ("新名", False),
        ("乙", False),
        ("丙", False),
    ]
    assert list(verify()) == []


def test_conflict_tells_which(project: Enter, pairing: Pairing, clerk: Actor) -> None:
    several = [told("project", pairing, f"X{n}", name="甲", area="health") for n in (1, 2, 3)]
    put_all(PROJECT, pairing, several, actor=clerk)
    entered = last()
    put(PROJECT, pairing, told("project", pairing, "X2", name="改"), actor=clerk)
    with pytest.raises(Conflict, match="X2") as refused:
        undo(entered, actor=clerk)
    assert "X1" not in refused.value.zh
    assert not Project.objects.filter(withdrawn=True).exists()
    undo(last(), actor=clerk)
    undo(entered, actor=clerk)
    assert Project.objects.filter(withdrawn=True).count() == 3


def test_twice_is_a_conflict(project: Enter, pairing: Pairing, clerk: Actor) -> None:
    project("X1", name="甲")
    project("X1", name="乙")
    changed = last()
    undo(changed, actor=clerk)
    with pytest.raises(Conflict):
        undo(changed, actor=clerk)


def test_later_change_of_another_field_is_kept(project: Enter, clerk: Actor) -> None:
    project("X1", name="甲", builder="旧单位")
    project("X1", name="乙")
    changed = last()
    project("X1", builder="新单位")
    undo(changed, actor=clerk)
    found = Project.objects.get()
    assert (found.name, found.builder) == ("甲", "新单位")


def test_what_others_refer_to_stays(project: Enter, money: Enter, clerk: Actor) -> None:
    project("X1")
    entered = last()
    money("E1", "arrived", "5", project="X1")
    with pytest.raises(NotPossible, match="E1"):
        undo(entered, actor=clerk)
    assert not Project.objects.get().withdrawn


def test_state_before_must_still_be_possible(project: Enter, money: Enter, clerk: Actor) -> None:
    project("X1", currency="USD")
    project("X1", currency="CNY")
    changed = last()
    money("E1", "arrived", "5", project="X1")
    with pytest.raises(Refused, match="E1"):
        undo(changed, actor=clerk)


def test_what_it_referred_to_before_is_withdrawn(
    project: Enter, money: Enter, pairing: Pairing, clerk: Actor
) -> None:
    project("X1")
    project("X2")
    money("E1", "arrived", "5", project="X1")
    money("E1", "arrived", "5", project="X2")
    changed = last()
    withdraw(PROJECT, pairing, "X1", actor=clerk, why="重复")
    with pytest.raises(NotPossible, match="X1"):
        undo(changed, actor=clerk)


def test_rights(project: Enter, pairing: Pairing, clerk: Actor) -> None:
    project("X1")
    number = last()
    other = made("bing-ding", clerk)
    with pytest.raises(NotThere):
        undo(number, actor=of_role(Role.OFFICE, other))
    for role in (Role.READER, Role.REPORTER, Role.REVIEWER):
        with pytest.raises(NotAllowed):
            undo(number, actor=of_role(role, pairing))
    undo(number, actor=of_role(Role.OFFICE, pairing))
    assert Project.objects.get().withdrawn


def test_entries_of_other_things(pairing: Pairing, clerk: Actor) -> None:
    assert Entry.objects.get().action == "pairing"
    for number in (1, 99):
        with pytest.raises(NotThere, match=str(number)):
            undo(number, actor=clerk)


def test_key_with_the_word_of_a_field(project: Enter, pairing: Pairing, clerk: Actor) -> None:
    several = [Told(key, {"name": "甲", "area": "health"}) for key in ("withdrawn", "is", "was")]
    put_all(PROJECT, pairing, several, actor=clerk)
    undo(last(), actor=clerk)
    undo(last(), actor=clerk)
    assert not Project.objects.filter(withdrawn=True).exists()


class TestLookingFirst:
    def test_what_is_shown_is_what_happens(self, project: Enter, pairing: Pairing, clerk: Actor) -> None:
        project("X1", name="旧名")
        several = [
            told("project", pairing, "X1", name="新名"),
            told("project", pairing, "X2", name="乙", area="health"),
        ]
        put_all(PROJECT, pairing, several, actor=clerk)
        number = last()
        shown = would_undo(number, actor=clerk)
        assert last() == number
        assert (shown.refusal, shown.version) == (None, None)
        assert shown.changes == {
            "X1": ({"name": "新名"}, {"name": "旧名"}),
            "X2": ({"withdrawn": False}, {"withdrawn": True}),
        }
        undo(number, actor=clerk)
        assert dict(Project.objects.values_list("key", "name")) == {"X1": "旧名", "X2": "乙"}
        assert dict(Project.objects.values_list("key", "withdrawn")) == {"X1": False, "X2": True}

    def test_what_stands_on_it_is_told(self, project: Enter, money: Enter, clerk: Actor) -> None:
        project("X1")
        number = last()
        money("E1", "arrived", "5", project="X1")
        shown = would_undo(number, actor=clerk)
        assert shown.refusal is not None
        assert "E1" in shown.refusal.zh
        assert (shown.entry.number, list(shown.changes)) == (number, ["X1"])

    def test_a_plans_decision(self, project: Enter, clerk: Actor) -> None:
        found = project("X1", planned="9")
        ask(found, Asked({"planned": 5}), actor=clerk)
        approve(found.versions.get(), document="批1", actor=clerk)
        number = last()
        shown = would_undo(number, actor=clerk)
        assert (shown.version, shown.state) == (1, "asked")
        assert shown.changes == {"X1": ({"planned": "5.00"}, {"planned": "9.00"})}
        undo(number, actor=clerk)
        assert Project.objects.get().planned == 9
        again = would_undo(last(), actor=clerk)
        assert "anew" in str(again.refusal)

    def test_whose_it_is_not(self, project: Enter, pairing: Pairing, clerk: Actor) -> None:
        """Nobody is shown anything of what they may not take back, whatever it was."""
        found = project("X1", planned="9")
        ask(found, Asked(), actor=clerk)
        refuse(found.versions.get(), why="不全", actor=clerk)
        undo(last(), actor=clerk)
        other = of_role(Role.OFFICE, made("bing-ding", clerk))
        reader = of_role(Role.READER, pairing)
        for number in Entry.objects.exclude(subject__startswith="pairing:").values_list("number", flat=True):
            with pytest.raises(NotThere):
                would_undo(number, actor=other)
            with pytest.raises(NotAllowed):
                would_undo(number, actor=reader)


def test_history_tells_undoing_and_plans_in_the_records_own_fields(project: Enter, clerk: Actor) -> None:
    project("X1", planned="9")
    found = project("X1", planned="8")
    undo(last(), actor=clerk)
    ask(found, Asked({"planned": 5}), actor=clerk)
    approve(found.versions.get(), document="批1", actor=clerk)
    told = history(PROJECT, Project.objects.get())
    assert [(one.action, one.version, one.state, one.old, one.new) for one in told.done[:3]] == [
        ("approve plan", 1, "approved", {"planned": "9.00"}, {"planned": "5.00"}),
        ("ask for plan", 1, "asked", {}, {}),
        ("undo", 0, "", {"planned": "8.00"}, {"planned": "9.00"}),
    ]
    assert told.done[2].undoes == told.done[3].number
    assert not told.more
    assert last_entry(clerk, PROJECT, found.pairing, ["X1"]) == last()
    assert last_entry(of_role(Role.OFFICE), PROJECT, found.pairing, ["X1"]) == 0
