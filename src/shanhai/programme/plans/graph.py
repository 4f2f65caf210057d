"""The versions of a project's plan as a graph."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import msgspec

from shanhai.ledger.errors import NotPossible
from shanhai.programme.kinds import KINDS, Field
from shanhai.programme.models import PlanVersion, Project
from shanhai.programme.values import Context


def fields_of() -> tuple[Field, ...]:
    """The fields that belong to a plan."""
    return tuple(f for f in KINDS["project"].fields if f.plan)


def content_of(project: Project) -> dict[str, Any]:
    """A project's plan as it stands, as JSON takes it."""
    return {f.name: f.value.plain(getattr(project, f.name)) for f in fields_of()}


def restored(content: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """The values of a plan's fields from what a version holds of them."""
    found = {}
    for field in fields_of():
        if field.name in content:
            plain = content[field.name]
            told = plain is None or isinstance(plain, list | dict)
            found[field.name] = plain if told else field.value.read(plain, context)
    return found


class Graph(msgspec.Struct, frozen=True):
    """A project's versions by number, and for each the numbers of those that it follows."""

    versions: dict[int, PlanVersion]
    follows: dict[int, tuple[int, ...]]

    @classmethod
    def of(cls, project: Project) -> Self:
        """The graph as it is stored."""
        found = {v.number: v for v in PlanVersion.objects.filter(project=project).select_related("project")}
        numbers = {v.pk: n for n, v in found.items()}
        edges: dict[int, list[int]] = {n: [] for n in found}
        through = PlanVersion.follows.through.objects.filter(from_planversion__project=project)
        for one, other in through.values_list("from_planversion_id", "to_planversion_id"):
            edges[numbers[one]].append(numbers[other])
        return cls(found, {n: tuple(sorted(told)) for n, told in edges.items()})

    def ancestors(self, number: int) -> tuple[int, ...]:
        """All versions that one was made from, directly or not."""
        found: set[int] = set()
        waiting = list(self.follows.get(number, ()))
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += self.follows[one]
        return tuple(sorted(found))

    def in_force(self) -> tuple[int, ...]:
        """The approved versions that no approved one follows: one, or none."""
        approved = [n for n, v in self.versions.items() if v.state == PlanVersion.State.APPROVED]
        behind = {n for one in approved for n in self.ancestors(one)}
        return tuple(n for n in sorted(approved) if n not in behind)

    def to_follow(self, told: Sequence[int] | None) -> tuple[int, ...]:
        """The versions that a new one follows: those told, or the one in force.

        Raises:
            NotPossible: there is no such version, or it was refused or taken back.
        """
        if told is None:
            return self.in_force()
        for number in told:
            version = self.versions.get(number)
            if version is None or version.state not in (
                PlanVersion.State.ASKED,
                PlanVersion.State.APPROVED,
            ):
                raise NotPossible(
                    f"第{number}版不存在，或未获批准、已撤回，不能作为依据。",
                    f"Version {number} is not there, or was refused or taken back: it cannot be followed.",
                )
        if not told and self.in_force():
            raise NotPossible(
                "该项目已有批准的计划，变更须以它为依据。",
                "The project has an approved plan; a change must follow it.",
            )
        return tuple(sorted(set(told)))

    def base(
        self, project: Project, follows: Sequence[int]
    ) -> tuple[dict[str, Any], dict[str, tuple[Any, ...]]]:
        """What a new version begins with, and the fields on which those that it follows differ."""
        told = [self.versions[n].content for n in follows]
        if not told:
            return content_of(project), {}
        names = [f.name for f in fields_of()]
        base = {name: told[-1].get(name) for name in names}
        torn = {
            name: tuple(content.get(name) for content in told)
            for name in names
            if any(content.get(name) != base[name] for content in told)
        }
        return base, torn

    def concurrent(self, follows: Sequence[int], but: int | None = None) -> tuple[int, ...]:
        """The open or approved versions that follow one of those as well, or nothing as well."""
        return tuple(
            n
            for n, v in sorted(self.versions.items())
            if n != but
            and (set(self.follows[n]) & set(follows) or not (self.follows[n] or follows))
            and v.state in (PlanVersion.State.ASKED, PlanVersion.State.APPROVED)
        )
