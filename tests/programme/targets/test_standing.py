"""How stored targets stand, and what they come to in a pairing."""

import datetime
from decimal import Decimal

import pytest

from programme.conftest import Enter
from shanhai.ledger.actors import Actor
from shanhai.ledger.models import Pairing
from shanhai.programme.actions.records import withdraw
from shanhai.programme.kinds import KINDS
from shanhai.programme.models import Result, Target
from shanhai.programme.targets.standing import overall, standing, standings

pytestmark = pytest.mark.django_db


@pytest.fixture
def target(enter: Enter) -> Enter:
    def target(key: str, **texts: str) -> Target:
        told = {
            "indicator": "training.people",
            "unit": "人",
            "starts": "2023-01-01",
            "ends": "2023-12-31",
            "target": "100",
            "definition": "",
        }
        return enter("target", key, **{**told, **texts})

    return target


@pytest.fixture
def result(enter: Enter) -> Enter:
    def result(
        key: str, target: str, value: str, starts: str = "2023-01-01", ends: str = "2023-06-30", **more
    ):
        return enter("result", key, target=target, value=value, starts=starts, ends=ends, **more)

    return result


def test_standing(target: Enter, result: Enter, pairing: Pairing, clerk: Actor) -> None:
    one = target("B1", baseline="20")
    result("W1", "B1", "30")
    result("W2", "B1", "42", "2023-07-01", "2023-12-31")
    result("W3", "B1", "5", "2023-07-01", "2023-12-31")
    assert standing(one).value is None
    withdraw(KINDS["result"], pairing, "W3", actor=clerk, why="误录")
    found = standing(one)
    assert found.value == sum(Result.objects.filter(withdrawn=False).values_list("value", flat=True)) == 72
    assert (found.shown(), found.progress.share, found.progress.met) == ("72", Decimal("65.0"), False)
    assert standing(one, datetime.date(2023, 12, 30)).value == 30
    assert standing(one, datetime.date(2023, 6, 29)).value is None


def test_ratio_is_shown_with_its_parts(enter: Enter, target: Enter) -> None:
    one = target("B1", indicator="education.exam_rates", unit="%", target="85", baseline="40")
    enter(
        "result",
        "W1",
        target="B1",
        starts="2023-01-01",
        ends="2023-06-30",
        numerator="800",
        denominator="900",
    )
    enter(
        "result", "W2", target="B1", starts="2023-07-01", ends="2023-12-31", numerator="10", denominator="100"
    )
    found = standing(one)
    assert (found.shown(), found.shown(english=True)) == ("81%（810/1000）", "81% (810/1000)")
    assert (found.value, found.progress.share) == (81, Decimal("91.1"))


def test_one_and_many_are_the_same(target: Enter, result: Enter, django_assert_num_queries) -> None:
    told = [target("B1"), target("B2")]
    result("W1", "B1", "30")
    with django_assert_num_queries(1):
        several = standings(told)
    assert [s.rolled for s in several] == [standing(t).rolled for t in told]


class TestOverall:
    def test_parts_of_a_project_are_not_added_to_it(
        self, project: Enter, target: Enter, result: Enter, pairing: Pairing
    ) -> None:
        project("X1")
        project("X2", parent="X1")
        project("X3", parent="X2")
        project("X4")
        for number, key in enumerate(("X1", "X3", "X4"), 1):
            target(f"B{number}", project=key)
            result(f"W{number}", f"B{number}", str(number))
        found = overall(pairing, "training.people")
        assert (found.together.value, found.together.used) == (4, ("B1", "B3"))
        assert [n.keys for n in found.left_out] == [("B2",)]

    def test_target_of_the_whole_pairing_holds_all_others(
        self, project: Enter, target: Enter, result: Enter, pairing: Pairing
    ) -> None:
        project("X1")
        target("B1")
        target("B2", project="X1")
        result("W1", "B1", "30")
        result("W2", "B2", "20")
        found = overall(pairing, "training.people")
        assert (found.together.value, [n.keys for n in found.left_out]) == (30, [("B2",)])

    def test_teams_and_the_team_above(
        self, enter: Enter, project: Enter, target: Enter, result: Enter, pairing: Pairing
    ) -> None:
        enter("term", "P10", batch="10", starts="2022-07-20", ends="2025-07-19")
        enter("team", "T1", name="工作队", term="P10")
        enter("team", "T2", name="专家组", term="P10", parent="T1")
        enter("team", "T3", name="另一队", term="P10")
        project("X1", team="T3")
        for number, (owner, key) in enumerate(
            (("team", "T1"), ("team", "T2"), ("team", "T3"), ("project", "X1")), 1
        ):
            target(f"B{number}", **{owner: key})
            result(f"W{number}", f"B{number}", str(10**number))
        found = overall(pairing, "training.people")
        assert (found.together.value, found.together.used) == (1010, ("B1", "B3"))
        assert sorted(n.keys for n in found.left_out) == [("B2",), ("B4",)]

    def test_years_of_one_owner_and_one_that_told_nothing(
        self, project: Enter, target: Enter, result: Enter, pairing: Pairing
    ) -> None:
        for key in ("X1", "X2"):
            project(key)
        target("B1", project="X1")
        target("B2", project="X1", starts="2024-01-01", ends="2024-12-31")
        target("B3", project="X2")
        result("W1", "B1", "30", cumulative="是")
        result("W2", "B2", "8", "2024-01-01", "2024-03-31")
        together = overall(pairing, "training.people").together
        assert (together.value, together.known, together.missing) == (None, 38, ("B3",))

    def test_definitions_that_differ(
        self, project: Enter, target: Enter, result: Enter, pairing: Pairing
    ) -> None:
        for number, definition in ((1, "含线上"), (2, "不含线上")):
            project(f"X{number}")
            target(f"B{number}", project=f"X{number}", definition=definition)
            result(f"W{number}", f"B{number}", "5")
        together = overall(pairing, "training.people").together
        assert (together.value, [n.code for n in together.left_out]) == (None, ["definitions"])
