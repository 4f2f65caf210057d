"""What the register of a pairing holds, as matching takes it."""

from array import array
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from shanhai.catalogue.activities import load_activities
from shanhai.catalogue.registered import Registered, load_beside, load_card_stages, load_registered
from shanhai.catalogue.units import load_units
from shanhai.ledger.models import Pairing
from shanhai.programme import models
from shanhai.programme.matching.items import Entries, Group, Items
from shanhai.programme.matching.told import Days, Frame, Item, Measure, Reading, Said, Way
from shanhai.programme.models import Activity, Member, MoneyEvent, Project, Result, Stage, Target, Team, Term

_ONE = Decimal(1)
_OF_MONEY = ("committed", "arrived", "spent")
_YUAN = "元"
_CURRENCY = "CNY"
_PLANNED = "planned"
_OF_PROJECT = (
    "key", "name", "places", "team_id", "umbrella", "withdrawn", "status", "started", "ended", "planned_start", "planned_end",
    "planned", "currency",
)  # fmt: skip
T = TypeVar("T")


def frame_of(pairing: Pairing) -> Frame:
    """What matching needs to know of a pairing."""
    terms = Term.objects.filter(pairing=pairing, withdrawn=False).order_by("starts")
    by_batch: dict[int, Days] = {}
    for term in terms:
        first, last = by_batch.get(term.batch, (term.starts, term.ends))
        by_batch[term.batch] = (min(first, term.starts), max(last, term.ends))
    whole = {pairing.receiving_code}
    if pairing.sending_code and Pairing.objects.filter(sending_code=pairing.sending_code).count() == 1:
        whole.add(pairing.sending_code)
    return Frame(
        pairing.receiving_code,
        frozenset(whole - {""}),
        pairing.sending,
        min((days[0] for days in by_batch.values()), default=None),
        by_batch,
        frozenset(Team.objects.filter(pairing=pairing, withdrawn=False).values_list("name", flat=True)),
    )


def kept(pairings: QuerySet[Pairing]) -> QuerySet[Pairing]:
    """Those of pairings whose register has anything that a statement could be held against."""
    there = Q()
    for table in (MoneyEvent, Activity, Project, Member, Target):
        there |= Q(Exists(table._default_manager.filter(pairing=OuterRef("pk"), withdrawn=False)))
    return pairings.filter(there)


def is_kept(pairing: Pairing) -> bool:
    """Whether the register of a pairing has anything that a statement could be held against."""
    return kept(Pairing.objects.filter(pk=pairing.pk)).exists()


class Holdings:
    """What the register of a pairing holds, asked for as statements need it; each table once."""

    def __init__(self, pairing: Pairing) -> None:
        self.pairing = pairing
        self._kept: dict[Any, Any] = {}

    def measures(self, said: Said) -> list[Measure]:
        """What an indicator's figures are held against, the best first."""
        key = (
            said.indicator,
            said.unit,
            said.expected,
            said.stage,
            said.form,
            said.party,
            _words(said.measure),
        )
        return self._once(("measures", *key), lambda: list(self._measures(said)))

    def _measures(self, said: Said) -> Iterator[Measure]:
        told = load_registered().get(said.indicator, ())
        if said.expected and not (any(one.money is not None for one in told) and said.stage == _PLANNED):
            yield from self._goals(said, self._targets())
            return
        yield from self._all_measured(told, said)
        yield from self._goals(said, self._results())
        for code in load_beside().get(said.indicator, ()):
            beside = self._all_measured(load_registered().get(code, ()), said)
            yield from (m for m in beside if not load_units().comparable(m.unit, said.unit))

    def _all_measured(self, told: Iterable[Registered], said: Said) -> Iterator[Measure]:
        by_unit: dict[str, list[Measure]] = {}
        for one in told:
            for measure in self._measured(one, said):
                by_unit.setdefault(measure.unit, []).append(measure)
        for unit, measures in by_unit.items():
            yield measures[0] if len(measures) == 1 else _together(unit, measures)

    def _measured(self, one: Registered, said: Said) -> Iterator[Measure]:
        if one.money is not None:
            yield Measure(_YUAN, tuple(self._money(one, said)))
        elif one.projects == "planned_money":
            yield Measure(_YUAN, (Reading("计划投资", "planned", Way.ALWAYS, self._planned_money()),))
        elif one.projects:
            yield Measure("", tuple(self._projects(one.projects, said)))
        elif one.members:
            yield Measure("人", tuple(self._members(one.members, said)))
        elif one.sort:
            yield self._activities(one)
        for code in one.part_of:
            for whole in load_registered().get(code, ()):
                for measure in self._measured(whole, said):
                    yield Measure(measure.unit, measure.readings, part=True)

    def _money(self, one: Registered, said: Said) -> Iterator[Reading]:
        card = load_card_stages().get(said.stage, ())
        stages = one.money or card or _OF_MONEY
        plan = one.plan or ("in" if "计划内" in said.measure else "out" if "计划外" in said.measure else "")
        for stage in stages:
            events = self._events(stage)
            for form, zh, en in self._forms(said, Items(events, (plan, ""))):
                items = Items(events, (plan, form))
                yield Reading(f"{Stage(stage).label}{zh}", f"{stage.replace('_', ' ')}{en}", Way.DAY, items)

    def _forms(self, said: Said, told: Items) -> list[tuple[str, str, str]]:
        known = {"money": ("cash", "", ""), "goods": ("goods", "", ""), "both": ("", "", "")}
        if said.form in known:
            return [known[said.form]]
        if len({form for _, form in told.marks}) < 2:
            return [("", "", "")]
        return [("cash", "只算资金", ", cash only"), ("", "资金连物资", ", cash and goods")]

    def _events(self, stage: str) -> Entries:
        """The money events of a stage, in groups of plan and form; what is counted by a project's parts stands with these."""
        return self._once(("money", stage), lambda: self._read_events(stage))

    def _read_events(self, stage: str) -> Entries:
        projects, teams = self._all_projects(), self._teams()
        numbers = array("q")
        found = Entries(lambda positions: self._named([numbers[p] for p in positions]), whole=True)
        groups: dict[tuple[Any, ...], Group] = {}
        events = MoneyEvent.objects.filter(
            pairing=self.pairing, withdrawn=False, stage=stage, currency=_CURRENCY
        ).order_by("day", "key")
        fen = Cast("amount", BigIntegerField())
        told = events.values_list("pk", "plan", "form", fen, "day", "project_id", "team_id")
        for number, plan, form, amount, day, of, team in told.iterator(5000):
            project = projects.get(of)
            if project is not None and project.umbrella:
                continue
            alike = (plan, form, of, team)
            group = groups.get(alike)
            if group is None:
                name = teams.get(team or (project.team_id if project else None), "")
                codes = _codes(project.places) if project else ()
                group = groups[alike] = Group(codes, name, (plan, form))
            numbers.append(number)
            found.add(amount, day, day, group, *((project.name, project.key) if project else ("", "")))
        return found

    def _named(self, numbers: list[int]) -> list[Item]:
        """Money events by their ids, in the order given."""
        columns = ("pk", "key", "amount", "day", "project__name", "project__key")
        found = {
            number: Item("money", key, amount, day, day, (), "", name or "", of or "")
            for number, key, amount, day, name, of in MoneyEvent.objects.filter(pk__in=numbers).values_list(
                *columns
            )
        }
        return [found[n] for n in numbers]

    def _projects(self, which: str, said: Said) -> Iterator[Reading]:
        if which == "under_way":
            yield self._under_way()
        elif which == "planned":
            told = self._listed(which, lambda p: (p.planned_start, p.planned_end), self._standing)
            yield Reading("计划在期内的", "planned", Way.STANDING, told)
        elif which == "finished":
            told = self._listed(which, lambda p: (p.ended, p.ended), self._finished)
            yield Reading("期内完工的", "finished", Way.DAY, told)
        else:
            words = _words(said.measure)
            if "在建" not in words:
                told = self._listed(which, lambda p: (p.started, p.started), self._begun)
                yield Reading("期内开工的", "begun", Way.DAY, told)
            if "新开工" not in words:
                yield self._under_way()

    def _under_way(self) -> Reading:
        told = self._listed("under_way", lambda p: (p.started, p.ended), self._begun)
        return Reading("期内实施的", "under way", Way.STANDING, told)

    def _standing(self) -> Iterator[Project]:
        return (p for p in self._own_projects() if p.status != models.Status.CANCELLED)

    def _begun(self) -> Iterator[Project]:
        return (p for p in self._standing() if p.status != models.Status.PIPELINE or p.started)

    def _finished(self) -> Iterator[Project]:
        done = (models.Status.FINALISATION, models.Status.CLOSED)
        return (p for p in self._begun() if p.ended or p.status in done)

    def _listed(
        self, which: str, days: Callable[[Project], tuple[Any, Any]], told: Callable[[], Iterable[Project]]
    ) -> Items:
        return self._once(("projects", which), lambda: Items.of(self._project(p, *days(p)) for p in told()))

    def _planned_money(self) -> Items:
        own = (p for p in self._own_projects() if p.planned is not None and p.currency == _CURRENCY)
        return self._once(
            "planned money", lambda: Items.of(self._project(p, None, None, p.planned or _ONE) for p in own)
        )

    def _project(self, p: Project, first: Any, last: Any, amount: Decimal = _ONE) -> Item:
        team = self._teams().get(p.team_id, "")
        return Item("project", p.key, amount, first, last, _codes(p.places), team, p.name, p.key)

    def _own_projects(self) -> list[Project]:
        return [p for p in self._all_projects().values() if not p.umbrella and not p.withdrawn]

    def _all_projects(self) -> dict[int | None, Project]:
        def read() -> dict[int | None, Project]:
            found = Project.objects.filter(pairing=self.pairing).order_by("key").only(*_OF_PROJECT)
            return {p.pk: p for p in found.iterator(2000)}

        return self._once("projects", read)

    def _teams(self) -> dict[int | None, str]:
        def read() -> dict[int | None, str]:
            return dict(Team.objects.filter(pairing=self.pairing).values_list("pk", "name"))

        return self._once("teams", read)

    def _once(self, key: Any, read: Callable[[], T]) -> T:
        """What is read the first time that it is asked for."""
        if key not in self._kept:
            self._kept[key] = read()
        found: T = self._kept[key]
        return found

    def _members(self, professions: Iterable[str], said: Said) -> Iterator[Reading]:
        """Members as counts only: their records are named nowhere."""
        own = sorted(professions)
        items = self._once(("members", *own), lambda: self._read_members(own))
        words = _words(said.measure)
        if "在岗" not in words:
            yield Reading("期内进岗的", "who came", Way.DAY, items)
        if "新选派" not in words:
            yield Reading("期内在岗的", "in post", Way.STANDING, items)

    def _read_members(self, professions: list[str]) -> Items:
        told = Member.objects.filter(pairing=self.pairing, withdrawn=False, profession__in=professions)
        rows = told.values_list("starts", "ends", "team__name", "team__term__ends")
        return Items.of(Item("", "", _ONE, first, last or ends, (), team) for first, last, team, ends in rows)

    def _activities(self, one: Registered) -> Measure:
        sort = load_activities()[one.sort]
        unit = {"events": "", "amount": _YUAN}.get(one.of)
        if unit is None:
            unit = load_units().converted(1, sort.counts[one.of].unit)[1]
        key = ("activities", one.sort, one.of, *one.stages)
        items = self._once(key, lambda: Items.of(self._read_activities(one)))
        return Measure(unit, (Reading(sort.name_zh, sort.name_en, Way.DAY, items),))

    def _read_activities(self, one: Registered) -> Iterator[Item]:
        found = Activity.objects.filter(pairing=self.pairing, withdrawn=False, sort=one.sort)
        if one.stages:
            found = found.filter(stage__in=one.stages)
        columns = (
            "key",
            "day",
            "counts",
            "amount",
            "currency",
            "places",
            "name",
            "partner",
            "team_id",
            "project__key",
        )
        for key, day, counts, money, currency, places, name, partner, team, project in (
            found.order_by("day", "key").values_list(*columns).iterator(2000)
        ):
            if one.of == "events":
                amount: Any = 1
            elif one.of == "amount":
                amount = money if currency == _CURRENCY else None
            else:
                amount = (counts or {}).get(one.of)
            if amount is None:
                continue
            who, called = self._teams().get(team, ""), f"{name} {partner}".strip()
            yield Item("activity", key, Decimal(amount), day, day, _codes(places), who, called, project or "")

    def _goals(self, said: Said, told: list[tuple[str, str, Item]]) -> Iterator[Measure]:
        """Targets or results of an indicator: of the team that is named, else of the pairing as a whole."""
        teams = set(self._teams().values())
        party = said.party if said.party in teams else ""
        by_unit: dict[str, list[Item]] = {}
        for indicator, unit, item in told:
            if indicator == said.indicator and item.team == party:
                by_unit.setdefault(load_units().converted(1, unit)[1], []).append(item)
        for unit, items in by_unit.items():
            yield Measure(unit, (Reading("", "", Way.PERIOD, Items.of(items)),))

    def _targets(self) -> list[tuple[str, str, Item]]:
        return self._once("targets", lambda: list(self._read_targets()))

    def _read_targets(self) -> Iterator[tuple[str, str, Item]]:
        found = Target.objects.filter(pairing=self.pairing, withdrawn=False, project=None)
        for t in found.order_by("key"):
            item = self._goal("target", t.key, t.target or Decimal(0), t.starts, t.ends, t)
            yield t.indicator, t.unit, item

    def _results(self) -> list[tuple[str, str, Item]]:
        return self._once("results", lambda: list(self._read_results()))

    def _read_results(self) -> Iterator[tuple[str, str, Item]]:
        found = Result.objects.filter(
            pairing=self.pairing, withdrawn=False, target__project=None, target__withdrawn=False
        )
        for r in found.select_related("target").order_by("key"):
            if r.value is not None:
                first = r.target.starts if r.cumulative else r.starts
                item = self._goal("result", r.key, r.value, first, r.ends, r.target, r.cumulative)
                yield r.target.indicator, r.target.unit, item

    def _goal(
        self,
        kind: str,
        key: str,
        value: Decimal,
        first: Any,
        last: Any,
        target: Target,
        cumulative: bool = False,
    ) -> Item:
        factor, _ = load_units().converted(1, target.unit)
        team = self._teams().get(target.team_id, "")
        return Item(kind, key, value * factor, first, last, (), team, "", "", cumulative)


_TOLD = ("计划内", "计划外", "在建", "新开工", "在岗", "新选派")


def _words(measure: str) -> str:
    """The words of a measure that choose between readings."""
    return " ".join(w for w in _TOLD if w in measure)


def _codes(places: Any) -> tuple[str, ...]:
    return tuple(code for code, *_ in places or ())


def _together(unit: str, measures: list[Measure]) -> Measure:
    """What several sorts of activities count of one indicator, as one."""
    items = Items.of(i for m in measures for r in m.readings for i in r.items.every())
    names = [r for m in measures for r in m.readings]
    zh, en = "、".join(r.zh for r in names), ", ".join(r.en for r in names)
    return Measure(unit, (Reading(zh, en, Way.DAY, items),), any(m.part for m in measures))
