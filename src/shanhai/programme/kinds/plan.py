"""What of a project belongs to its plan. Once a version is approved, these fields change by change requests only."""

from collections.abc import Iterator

from shanhai.programme.kinds.kind import Draft, Kind, Problem
from shanhai.programme.models import PlanVersion, Project


def plan_problems(kind: Kind, draft: Draft) -> Iterator[Problem]:
    """Fields of an approved plan that a change would alter."""
    if not isinstance(draft.before, Project):
        return
    changed = [
        f
        for f in kind.fields
        if f.plan and f.value.plain(draft.values[f.name]) != f.value.plain(getattr(draft.before, f.name))
    ]
    if (
        changed
        and PlanVersion.objects.filter(project=draft.before, state=PlanVersion.State.APPROVED).exists()
    ):
        for field in changed:
            yield Problem(
                field.name,
                f"“{field.zh}”属于已批准的计划。请走计划变更，批准后自动更新。",
                f"“{field.en}” belongs to the approved plan. Ask for a change of the plan; it follows once approved.",
            )
