"""What must hold before a version of a plan is asked for or approved."""

from collections.abc import Mapping, Sequence
from typing import Any

from shanhai.ledger.errors import Conflict
from shanhai.programme.actions.records import Refused, finder
from shanhai.programme.kinds import KINDS, Draft, Kind, Problem
from shanhai.programme.models import MoneyEvent, Plan, PlanVersion, Project
from shanhai.programme.plans.graph import Graph, fields_of, restored
from shanhai.programme.values import Context

PROJECT: Kind = KINDS["project"]
EVENTS = "events"
ENTERS = "out_of_plan_enters"


def context_for(project: Project) -> Context:
    """What reading a plan's values needs."""
    return Context(project.pairing.receiving_code, finder(project.pairing))


def require_sound(project: Project, content: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Refuse a plan that the project's own checks refuse, or values that are no part of a plan."""
    names = {f.name for f in fields_of()}
    problems = [
        Problem(
            name,
            f"“{name}”不属于计划，请直接修改项目。",
            f"“{name}” is no part of the plan. Change the project itself.",
        )
        for name in values
        if name not in names
    ]
    plain = {name: value for name, value in content.items() if name in names}
    told = {**PROJECT.values_of(project), **restored(plain, context_for(project))}
    told |= {n: PROJECT.empty(n) for n, v in told.items() if v is None}
    draft = Draft(project.pairing_id, project.key, told, project)
    problems += [problem for check in PROJECT.checks for problem in check(draft)]
    if problems:
        raise Refused(problems)


def require_merged(torn: Mapping[str, Sequence[Any]], told: Mapping[str, Any]) -> None:
    """Refuse a merge that does not say what shall hold where the versions differ."""
    problems = []
    for name, values in torn.items():
        if name not in told:
            field = PROJECT.field(name)
            listed = "、".join(map(str, values))
            problems.append(
                Problem(
                    name,
                    f"所依据的版本对“{field.zh}”说法不同（{listed}）。请写明以哪个为准。",
                    f"The versions that it follows differ on “{field.en}” ({listed}). Say which shall hold.",
                )
            )
    if problems:
        raise Refused(problems)


def require_follows_what_holds(version: PlanVersion, graph: Graph) -> None:
    """Refuse a version that was made beside what is in force."""
    apart = [n for n in graph.in_force() if n not in graph.ancestors(version.number)]
    if not apart:
        return
    told = "、".join(str(n) for n in apart)
    raise Conflict(
        f"第{version.number}版与已批准的第{told}版是并行的两个版本。请提出一个同时依据两者的新版本，写明以哪个为准。",
        f"Version {version.number} and version {told}, which is approved, were made side by side. Ask for one that follows "
        "both and says what shall hold.",
        by=graph.versions[apart[0]].decided_by,
        decision=PlanVersion.State.APPROVED.value,
    )


def taken_in(project: Project, graph: Graph, keys: Sequence[str]) -> list[dict[str, str]]:
    """Out-of-plan money that enters the plan, as typed events of the version's content."""
    before = {
        event["money"]
        for v in graph.versions.values()
        if v.state == PlanVersion.State.APPROVED
        for event in v.content.get(EVENTS, ())
    }
    events, problems = [], []
    for key in dict.fromkeys(keys):
        found = MoneyEvent.objects.filter(pairing=project.pairing_id, key=key, withdrawn=False).first()
        if found is None or found.project_id != project.pk or found.plan != Plan.OUT:
            zh, en = "不是本项目的计划外资金", "is no out-of-plan money of this project"
        elif key in before:
            zh, en = "已经纳入计划", "is in the plan already"
        else:
            day, amount = found.day.isoformat(), f"{found.amount:.2f}"
            events.append(
                {"type": ENTERS, "money": key, "day": day, "amount": amount, "currency": found.currency}
            )
            continue
        problems.append(Problem("", f"资金{key}{zh}。", f"The money event {key} {en}."))
    if problems:
        raise Refused(problems)
    return events
