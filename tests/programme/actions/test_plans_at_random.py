"""Any order of requests, decisions and undos: the project has the plan in force, and nothing else ever."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programme.conftest import Enter
from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import head
from shanhai.ledger.errors import Conflict, NotPossible
from shanhai.ledger.verify import verify
from shanhai.programme.actions.plans import Asked, approve, ask, look, look_at, refuse, take_back
from shanhai.programme.actions.undo import undo, would_undo
from shanhai.programme.models import PlanVersion, Project
from shanhai.programme.plans.graph import Graph, content_of

pytestmark = pytest.mark.django_db
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("ask", "approve", "approve", "refuse", "take back", "undo", "undo")),
        st.integers(0, 5),
        st.integers(1, 9),
    ),
    min_size=4,
    max_size=14,
)


class Walk:
    """One order of steps; each is done or refused in words."""

    def __init__(self, project: Project, actor: Actor) -> None:
        self.project, self.actor = project, actor
        self.first = content_of(project)

    def ask(self, which: int, amount: int) -> None:
        numbers = sorted(Graph.of(self.project).versions)
        follows = [numbers[which % len(numbers)]] if numbers and which % 2 else None
        asked = Asked({"planned": Decimal(amount)}, "量", follows)
        looked = look(self.project, asked)
        version = ask(
            self.project,
            Asked({"planned": Decimal(amount)}, "量", follows, (), looked.mark),
            actor=self.actor,
        )
        assert (version.content, version.effect) == (looked.content, looked.effect)

    def approve(self, which: int, _amount: int) -> None:
        version, graph = self._version(which)
        looked = look_at(version, graph)
        done = approve(version, document="批", seen=looked.mark, actor=self.actor)
        assert done.effect == looked.effect
        money = looked.effect["money"]["project"][1]
        assert f"{Project.objects.get(pk=self.project.pk).planned:.2f}" == money

    def refuse(self, which: int, _amount: int) -> None:
        refuse(self._version(which)[0], why="不全", actor=self.actor)

    def take_back(self, which: int, _amount: int) -> None:
        take_back(self._version(which)[0], actor=self.actor)

    def undo(self, which: int, _amount: int) -> None:
        last = head()
        assert last is not None
        number = last.number - which
        shown = would_undo(number, actor=self.actor)
        if shown.refusal is not None:
            with pytest.raises(type(shown.refusal)):
                undo(number, actor=self.actor)
            return
        undo(number, actor=self.actor)
        stands = content_of(Project.objects.get(pk=self.project.pk))
        for _before, after in shown.changes.values():
            assert {name: stands[name] for name in after or {} if name in stands} == {
                name: value for name, value in (after or {}).items() if name in stands
            }
        if shown.version is not None:
            assert PlanVersion.objects.get(number=shown.version).state == shown.state

    def holds(self) -> None:
        """The project has what is in force; before anything is approved, what it was entered with."""
        graph = Graph.of(self.project)
        in_force = graph.in_force()
        stands = content_of(Project.objects.get(pk=self.project.pk))
        assert len(in_force) <= 1
        wanted = graph.versions[in_force[0]].content if in_force else self.first
        assert stands == {name: wanted[name] for name in stands}

    def _version(self, which: int) -> tuple[PlanVersion, Graph]:
        graph = Graph.of(self.project)
        numbers = sorted(graph.versions)
        if not numbers:
            raise NotPossible("没有版本", "no version")
        return graph.versions[numbers[which % len(numbers)]], graph


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_project_always_has_the_plan_in_force(
    steps: list[tuple[str, int, int]], project: Enter, clerk: Actor
) -> None:
    with transaction.atomic():
        walk = Walk(project("X1", planned="7", level="county"), clerk)
        deeds: dict[str, Callable[[int, int], Any]] = {
            "ask": walk.ask, "approve": walk.approve, "refuse": walk.refuse, "take back": walk.take_back, "undo": walk.undo,
        }  # fmt: skip
        walk.ask(0, 8)
        made = head()
        assert made is not None
        for deed, which, amount in steps:
            last = head()
            assert last is not None
            if deed == "undo" and last.number - which < made.number:
                continue
            try:
                with transaction.atomic():
                    deeds[deed](which, amount)
            except (Conflict, NotPossible):  # refused: nothing has changed
                assert head() == last
            walk.holds()
        assert list(verify()) == []
        transaction.set_rollback(True)
