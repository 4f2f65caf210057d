"""How targets stand: the one place that pages, boards and files take the figure of a target from."""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import msgspec
from django.db.models import Q, QuerySet

from shanhai.catalogue.indicators import Indicator, load_indicators
from shanhai.ledger.models import Pairing
from shanhai.programme.models import Project, Result, Target
from shanhai.programme.targets.progress import Progress, progress
from shanhai.programme.targets.rolling import Figure, Note, Rolled, roll_up
from shanhai.programme.targets.together import Own, Together, put_together
from shanhai.programme.values import Quantity

_PORTION = 500
_SCALES = {"%": Decimal(100), "‰": Decimal(1000)}
"""A ratio is kept as it is worked out; a target of it is told in its unit."""
_PLACES = Decimal("0.01")


class Standing(msgspec.Struct, frozen=True):
    """A target, what its results come to, and how far that is."""

    target: Target
    indicator: Indicator
    rolled: Rolled
    progress: Progress

    @property
    def value(self) -> Decimal | None:
        """The figure in the target's unit; None where there is none."""
        return _in_unit(self.rolled, self.target.unit)

    @property
    def rounded(self) -> Decimal | None:
        """The same; a ratio to two places."""
        value = self.value
        return value if value is None or self.rolled.denominator is None else value.quantize(_PLACES)

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was left out of the figure and why, and what else is to be known of it."""
        return (*self.rolled.left_out, *self.rolled.notes)

    def shown(self, english: bool = False) -> str:
        """The figure as text without its unit, the same on pages and in files; "" where there is none.

        A ratio is told in its unit with the numbers that it was worked out from.
        """
        rolled, value = self.rolled, self.rounded
        if value is None:
            return ""
        if rolled.numerator is None or rolled.denominator is None:
            return Quantity().shown(value)
        parts = f"{Quantity().shown(rolled.numerator)}/{Quantity().shown(rolled.denominator)}"
        left, right = (" (", ")") if english else ("（", "）")
        return f"{Quantity().shown(value)}{_sign(self.target.unit)}{left}{parts}{right}"


class Overall(msgspec.Struct, frozen=True):
    """What an indicator comes to in a whole pairing.

    Attributes:
        indicator: its code.
        standings: the targets that are in it, one or several an owner.
        together: what they come to.
        left_out: targets that lie within others, each with the reason.
    """

    indicator: str
    standings: tuple[Standing, ...]
    together: Together
    left_out: tuple[Note, ...] = ()


def standing(target: Target, until: datetime.date | None = None) -> Standing:
    """How one target stands, by all its results or by those that end up to a day."""
    return standings([target], until)[0]


def standings(targets: Sequence[Target], until: datetime.date | None = None) -> list[Standing]:
    """How targets stand, in their order, by all their results or by those that end up to a day."""
    results = _results((t.pk for t in targets), until)
    return [_standing(target, results.get(target.pk, [])) for target in targets]


def overall(pairing: Pairing, code: str) -> Overall:
    """What an indicator comes to in a pairing; no result is in it twice.

    A target of the whole pairing holds those of its teams and projects, a project's those of its parts, and a team's those
    of its projects; where it is not known whether one holds another, the more particular one is left out.
    """
    indicator = load_indicators()[code]
    targets = standing_targets().filter(pairing=pairing, indicator=code)
    kept, left = _outermost(list(targets), pairing)
    found = standings(kept)
    together = put_together(indicator, _owners(indicator, found), "teams" if _by_team(kept) else "places")
    return Overall(code, tuple(found), together, tuple(left))


def standing_targets() -> QuerySet[Target]:
    """The targets that were not withdrawn, with what they belong to."""
    return Target.objects.filter(withdrawn=False).select_related("project", "team").order_by("pk")


def _standing(target: Target, figures: Sequence[Figure]) -> Standing:
    indicator = load_indicators()[target.indicator]
    rolled = roll_up(indicator, figures, target.starts)
    value = _in_unit(rolled, target.unit)
    told = progress(indicator.direction, target.baseline, target.target, value)
    return Standing(target, indicator, rolled, told)


def _in_unit(rolled: Rolled, unit: str) -> Decimal | None:
    if rolled.value is None or rolled.denominator is None:
        return rolled.value
    return rolled.value * _SCALES.get(unit, Decimal(1))


def _sign(unit: str) -> str:
    return unit if unit in _SCALES else ""


def _results(targets: Iterable[int], until: datetime.date | None) -> dict[int, list[Figure]]:
    wanted = sorted(targets)
    found: dict[int, list[Figure]] = {}
    columns = ("target_id", "key", "starts", "ends", "value", "numerator", "denominator", "cumulative")
    for begin in range(0, len(wanted), _PORTION):
        which = Q(target__in=wanted[begin : begin + _PORTION], withdrawn=False)
        if until is not None:
            which &= Q(ends__lte=until)
        for target, *told in Result.objects.filter(which).order_by().values_list(*columns):
            found.setdefault(target, []).append(Figure(*told))
    return found


def _owners(indicator: Indicator, found: Sequence[Standing]) -> list[Own]:
    """One figure an owner: several targets of one owner are rolled up as periods are."""
    by_owner: dict[Any, list[Standing]] = {}
    for one in found:
        by_owner.setdefault((one.target.project_id, one.target.team_id), []).append(one)
    owners = []
    for told in by_owner.values():
        first = told[0]
        rolled = first.rolled
        if len(told) > 1:
            rolled = roll_up(indicator, [_as_figure(s) for s in told if s.rolled.period is not None])
        kept = {s.target.definition for s in told}
        definition = first.target.definition if len(kept) == 1 else "；".join(sorted(kept))
        owners.append(Own(first.target.key, rolled, first.target.unit, definition))
    return owners


def _as_figure(one: Standing) -> Figure:
    assert one.rolled.period is not None
    starts, ends = one.rolled.period
    rolled = one.rolled
    return Figure(one.target.key, starts, ends, rolled.value, rolled.numerator, rolled.denominator)


def _by_team(targets: Sequence[Target]) -> bool:
    return bool(targets) and all(t.team_id is not None for t in targets)


def _outermost(targets: Sequence[Target], pairing: Pairing) -> tuple[list[Target], list[Note]]:
    """The targets that lie in no other, and why the others are left out."""
    whole = [t for t in targets if t.project_id is None and t.team_id is None]
    if whole:
        inner = [t for t in targets if t not in whole]
        return whole, _left(inner, "整个结对的目标", "the target of the whole pairing")
    teams = [t for t in targets if t.team_id is not None]
    if teams:
        above = _above_teams(teams)
        kept = [t for t in teams if t.team_id not in above]
        left = _left([t for t in teams if t.team_id in above], "上级工作队的目标", "the team above")
        projects = [t for t in targets if t.project_id is not None]
        return kept, [*left, *_left(projects, "工作队的目标（或无从判断）", "a team's target, or may be")]
    parents = dict(Project.objects.filter(pairing=pairing).values_list("pk", "parent_id"))
    owned = {t.project_id for t in targets}

    def lies_within(project: int | None) -> bool:
        seen: set[int] = set()
        above = parents.get(project) if project else None
        while above is not None and above not in seen:
            if above in owned:
                return True
            seen.add(above)
            above = parents.get(above)
        return False

    kept = [t for t in targets if not lies_within(t.project_id)]
    inner = [t for t in targets if lies_within(t.project_id)]
    return kept, _left(inner, "上级项目的目标", "the project above")


def _above_teams(teams: Sequence[Target]) -> set[int | None]:
    """The teams above which another team has a target, too."""
    owned = {t.team_id for t in teams}
    inner: set[int | None] = set()
    for target in teams:
        above = target.team.parent if target.team else None
        seen: set[int] = set()
        while above is not None and above.pk not in seen:
            if above.pk in owned:
                inner.add(target.team_id)
                break
            seen.add(above.pk)
            above = above.parent
    return inner


def _left(targets: Sequence[Target], zh: str, en: str) -> list[Note]:
    return [
        Note(
            "within",
            f"目标{t.key}含在{zh}之内，未再加。",
            f"The target {t.key} lies within {en}; it is not added again.",
            (t.key,),
        )
        for t in targets
    ]
