"""What a plan would do, as it is shown before anyone signs, and that this is what then happens."""

import pytest

from programme.conftest import Enter
from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import Conflict
from shanhai.programme.actions.plans import Asked, approve, ask, look, look_at
from shanhai.programme.models import PlanVersion, Project
from shanhai.programme.plans.graph import Graph

from .asking import approved, change, last, values

pytestmark = pytest.mark.django_db
State = PlanVersion.State


class TestEffect:
    def test_shares_money_targets_and_neighbours(
        self, clinic: Project, project: Enter, enter: Enter, clerk: Actor
    ) -> None:
        project("X2", planned="30万元", places="洛隆县", level="prefecture", livelihood="none")
        project("X3", planned="50万元", places="边坝县", area="education", level="county")
        enter(
            "target", "B1", indicator="training.people", unit="人", starts="2023-01-01", ends="2024-12-31",
            target="100", project="X1",
        )  # fmt: skip
        enter("result", "W1", target="B1", starts="2023-01-01", ends="2023-12-31", value="60")
        approved(clinic, clerk)
        effect = change(clinic, clerk, planned="20万元", planned_end="2025-03-31").effect
        county, livelihood = effect["shares"]
        assert (county["rule"], county["threshold"]) == ("county_share", "80")
        assert county["before"] == {
            "certain": "85.000000",
            "possible": "85.000000",
            "standing": "met",
            "deciding": [],
            "deciding_in_all": 0,
        }
        assert (county["after"]["certain"], county["after"]["standing"]) == ("70.000000", "broken")
        assert (livelihood["before"]["certain"], livelihood["before"]["possible"]) == (
            "60.000000",
            "85.000000",
        )
        assert (livelihood["before"]["standing"], livelihood["before"]["deciding"]) == ("open", ["X3"])
        assert (livelihood["after"]["possible"], livelihood["after"]["standing"]) == ("70.000000", "broken")
        assert effect["money"] == {
            "currency": "CNY",
            "project": ["1200000.00", "200000.00"],
            "all": [["2000000.00", "2000000.00"], ["1000000.00", "1000000.00"]],
        }
        assert [(n["key"], n["why"]) for n in effect["neighbours"]] == [("X2", "area_and_county")]
        assert [(t["key"], t["reached"], t["late"]) for t in effect["targets"]] == [("B1", "60", True)]

    def test_neighbours_of_the_same_parent(self, project: Enter, clerk: Actor) -> None:
        project("X1", umbrella="是", planned="9")
        part = project("X2", parent="X1", planned="4")
        project("X3", parent="X1", planned="5", area="education")
        effect = change(part, clerk, planned="6").effect
        assert [(n["key"], n["why"], n["planned"]) for n in effect["neighbours"]] == [
            ("X3", "parent", "5.00")
        ]
        assert effect["money"]["all"] == [["9.00", "9.00"], ["11.00", "11.00"]]


class TestWhatWasSeenIsWhatHappens:
    def asked(self, clinic: Project, **more: str) -> Asked:
        return Asked(values(clinic.pairing, planned="20万元", livelihood="none"), "量减", None, (), **more)

    def test_looking_keeps_nothing(self, clinic: Project, clerk: Actor) -> None:
        approved(clinic, clerk)
        before = last()
        looked = look(clinic, self.asked(clinic))
        assert looked.effect["fields"]["planned"] == ["1200000.00", "200000.00"]
        assert last() == before
        assert PlanVersion.objects.count() == 1

    def test_what_was_shown_then_stands(self, clinic: Project, project: Enter, clerk: Actor) -> None:
        """The shares after are worked out once more from the register's own rows, by plain sums."""
        project("X2", planned="30万元", level="prefecture", livelihood="whole")
        project("X3", planned="50万元", level="below")
        approved(clinic, clerk)
        looked = look(clinic, self.asked(clinic))
        version = ask(clinic, self.asked(clinic, seen=looked.mark), actor=clerk)
        assert version.effect == looked.effect
        shown = look_at(version, Graph.of(clinic))
        approve(version, document="批2", seen=shown.mark, actor=clerk)

        rows = Project.objects.values_list("planned", "level", "livelihood")
        whole = sum(planned for planned, _, _ in rows)
        county = sum(p for p, level, _ in rows if level in ("county", "below"))
        lives = sum(p for p, _, livelihood in rows if livelihood == "whole")
        may = sum(p for p, _, livelihood in rows if livelihood in ("whole", "unclassified"))
        told = {one["rule"]: one["after"] for one in shown.effect["shares"]}
        assert [float(told["county_share"][end]) for end in ("certain", "possible")] == [
            float(100 * county / whole)
        ] * 2
        assert [float(told["livelihood_share"][end]) for end in ("certain", "possible")] == [
            float(100 * lives / whole),
            float(100 * may / whole),
        ]
        after = {
            one["rule"]: one["before"] for one in look(clinic, Asked({"planned": 1}, "再减")).effect["shares"]
        }
        assert after == told

    def test_what_changed_since_is_not_asked_for_nor_approved(
        self, clinic: Project, project: Enter, clerk: Actor
    ) -> None:
        approved(clinic, clerk)
        mark = look(clinic, self.asked(clinic)).mark
        project("X2", planned="900万元", level="prefecture")
        with pytest.raises(Conflict, match="not what you were shown"):
            ask(clinic, self.asked(clinic, seen=mark), actor=clerk)
        assert PlanVersion.objects.count() == 1
        version = ask(clinic, self.asked(clinic), actor=clerk)
        mark = look_at(version, Graph.of(clinic)).mark
        project("X2", planned="1万元")
        with pytest.raises(Conflict, match="not what you were shown"):
            approve(version, document="批2", seen=mark, actor=clerk)
        version.refresh_from_db()
        assert (version.state, Project.objects.get(key="X1").planned) == (State.ASKED, 1200000)
