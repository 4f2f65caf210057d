"""Versions of a plan in words: who asked, who decided, when, why, and what differs from the versions that they follow."""

from collections.abc import Mapping
from typing import Any

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from shanhai.programme.models import PlanVersion, Project
from shanhai.programme.plans.checks import EVENTS
from shanhai.programme.plans.graph import Graph, fields_of
from shanhai.web.links import plan_path, record_path
from shanhai.web.register.shown import label, plain_told

State = PlanVersion.State
STATES: "dict[str, str | Promise]" = {
    State.ASKED: gettext_lazy("待批"),
    State.APPROVED: gettext_lazy("已批准"),
    State.REFUSED: gettext_lazy("未批准"),
    State.TAKEN_BACK: gettext_lazy("已撤回"),
}


class Line(msgspec.Struct, frozen=True):
    """One field: what stands in each version that is followed, and what in this one."""

    field: str
    label: str
    before: tuple[str, ...]
    after: str


class Entering(msgspec.Struct, frozen=True):
    """Money out of plan that enters the plan."""

    key: str
    path: str
    day: str
    amount: str
    currency: str


class Told(msgspec.Struct, frozen=True):
    """One version in words.

    Attributes:
        version, path: it, and its page.
        state: what became of it.
        follows: the numbers of the versions that it is made from.
        lines: what differs from them; of a first version all that it says.
        entering: money that enters the plan with it.
        in_force: it is the plan that holds.
        apart: the approved versions that it does not follow, so that it cannot be approved as it is.
    """

    version: PlanVersion
    path: str
    state: "str | Promise"
    follows: tuple[int, ...]
    lines: tuple[Line, ...]
    entering: tuple[Entering, ...]
    in_force: bool
    apart: tuple[int, ...]


def versions_told(project: Project, graph: Graph) -> list[Told]:
    """All versions of a project's plan, the first first."""
    return [version_told(project, graph, number) for number in sorted(graph.versions)]


def version_told(project: Project, graph: Graph, number: int) -> Told:
    """One version in words."""
    version, follows, in_force = graph.versions[number], graph.follows[number], graph.in_force()
    content: Mapping[str, Any] = version.content
    behind = graph.ancestors(number)
    pairing = project.pairing.key
    return Told(
        version,
        plan_path(pairing, project.key, number),
        STATES[version.state],
        follows,
        differing(content, [graph.versions[n].content for n in follows]),
        tuple(
            Entering(
                e["money"], record_path(pairing, "money", e["money"]), e["day"], e["amount"], e["currency"]
            )
            for e in content.get(EVENTS, ())
        ),
        number in in_force,
        tuple(n for n in in_force if n not in behind) if version.state == State.ASKED else (),
    )


def differing(content: Mapping[str, Any], before: list[Mapping[str, Any]]) -> tuple[Line, ...]:
    """The fields in which a content differs from any of those before it; all that it says where there are none."""
    lines = []
    for field in fields_of():
        now, were = content.get(field.name), [one.get(field.name) for one in before]
        shown = plain_told(field, now)
        if (any(were_one != now for were_one in were)) if before else shown != "—":
            told = tuple(plain_told(field, one) for one in were)
            lines.append(Line(field.name, label(field), told, shown))
    return tuple(lines)
