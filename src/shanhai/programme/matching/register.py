"""What the register of a pairing holds, and what a statement says, as matching takes them."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from shanhai.catalogue.activities import load_activities
from shanhai.catalogue.registered import Registered, load_beside, load_card_stages, load_registered
from shanhai.catalogue.units import load_units
from shanhai.ledger.contents import claim_of
from shanhai.ledger.models import Pairing, Statement
from shanhai.model import Bounds, Number, Status
from shanhai.programme import models
from shanhai.programme.matching.told import Days, Frame, Item, Measure, Reading, Said, Way
from shanhai.programme.models import Activity, Member, MoneyEvent, Project, Result, Stage, Target, Team, Term
from shanhai.reasoning.comparing.cards import core_of, days_of
from shanhai.reasoning.comparing.same import span_of

_ONE = Decimal(1)
_OF_MONEY = ("committed", "arrived", "spent")
_YUAN = "元"
_CURRENCY = "CNY"
_PLANNED = "planned"


def said_of(statement: Statement) -> Said:
    """What a statement says. Its report must be at hand."""
    report = statement.report
    claim = claim_of(statement, report.doc)
    factor, unit = load_units().converted(1, claim.unit)
    days = days_of(claim, report.date)
    told = span_of(claim.period)
    if told is not None and told[0] == told[1] == report.date:
        days = None  # the report's own date stands where the text tells none
    definition = claim.definition
    return Said(
        statement.indicator,
        unit,
        claim.kind,
        Decimal(claim.value or 0) * factor,
        Bounds(
            _times(claim.bounds.low, factor),
            _times(claim.bounds.high, factor),
            claim.bounds.low_closed,
            claim.bounds.high_closed,
        ),
        claim.status is Status.EXPECTED,
        days,
        definition.since,
        bool(definition.cumulative),
        statement.place,
        statement.place_code,
        statement.party,
        definition.scope or "",
        definition.stage or "",
        definition.form or "",
        core_of(claim),
        claim.measure or "",
    )


def _times(bound: Number | None, factor: Number) -> Number | None:
    return None if bound is None else bound * factor


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


def is_kept(pairing: Pairing) -> bool:
    """Whether the register has anything that a statement could be held against."""
    tables = (MoneyEvent, Activity, Project, Member, Target)
    return any(t._default_manager.filter(pairing=pairing, withdrawn=False).exists() for t in tables)


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
        if key not in self._kept:
            self._kept[key] = list(self._measures(said))
        found: list[Measure] = self._kept[key]
        return found

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
            yield Measure(_YUAN, (Reading("计划投资", "planned", Way.ALWAYS, tuple(self._planned_money())),))
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
            told = [(form, item) for which, form, item in self._events(stage) if not plan or which == plan]
            for form, zh, en in self._forms(said, told):
                items = tuple(item for f, item in told if not form or f == form)
                yield Reading(f"{Stage(stage).label}{zh}", f"{stage.replace('_', ' ')}{en}", Way.DAY, items)

    def _forms(self, said: Said, told: list[tuple[str, Item]]) -> list[tuple[str, str, str]]:
        known = {"money": ("cash", "", ""), "goods": ("goods", "", ""), "both": ("", "", "")}
        if said.form in known:
            return [known[said.form]]
        if len({form for form, _ in told}) < 2:
            return [("", "", "")]
        return [("cash", "只算资金", ", cash only"), ("", "资金连物资", ", cash and goods")]

    def _events(self, stage: str) -> list[tuple[str, str, Item]]:
        if ("money", stage) not in self._kept:
            projects, teams = self._all_projects(), self._teams()
            events = MoneyEvent.objects.filter(
                pairing=self.pairing, withdrawn=False, stage=stage, currency=_CURRENCY
            ).order_by("day", "key")
            found = []
            told = events.values_list("key", "plan", "form", "amount", "day", "project_id", "team_id")
            for key, plan, form, amount, day, number, team in told.iterator(2000):
                project = projects.get(number)
                if project is not None and project.umbrella:
                    continue
                name = teams.get(team or (project.team_id if project else None), "")
                of = (project.name, project.key, _codes(project.places)) if project else ("", "", ())
                item = Item("money", key, Decimal(amount), day, day, of[2], name, of[0], of[1])
                found.append((plan, form, item))
            self._kept["money", stage] = found
        events_found: list[tuple[str, str, Item]] = self._kept["money", stage]
        return events_found

    def _projects(self, which: str, said: Said) -> Iterator[Reading]:
        status = models.Status
        standing = [p for p in self._own_projects() if p.status != status.CANCELLED]
        begun = [p for p in standing if p.status != status.PIPELINE or p.started]
        done = [p for p in begun if p.ended or p.status in (status.FINALISATION, status.CLOSED)]
        under_way = Reading(
            "期内实施的",
            "under way",
            Way.STANDING,
            tuple(self._project(p, p.started, p.ended) for p in begun),
        )
        if which == "under_way":
            yield under_way
        elif which == "planned":
            told = (self._project(p, p.planned_start, p.planned_end) for p in standing)
            yield Reading("计划在期内的", "planned", Way.STANDING, tuple(told))
        elif which == "finished":
            yield Reading(
                "期内完工的", "finished", Way.DAY, tuple(self._project(p, p.ended, p.ended) for p in done)
            )
        else:
            words = _words(said.measure)
            if "在建" not in words:
                told = (self._project(p, p.started, p.started) for p in begun)
                yield Reading("期内开工的", "begun", Way.DAY, tuple(told))
            if "新开工" not in words:
                yield under_way

    def _planned_money(self) -> Iterator[Item]:
        for p in self._own_projects():
            if p.planned is not None and p.currency == _CURRENCY:
                yield self._project(p, None, None, p.planned)

    def _project(self, p: Project, first: Any, last: Any, amount: Decimal = _ONE) -> Item:
        team = self._teams().get(p.team_id, "")
        return Item("project", p.key, amount, first, last, _codes(p.places), team, p.name, p.key)

    def _own_projects(self) -> list[Project]:
        return [p for p in self._all_projects().values() if not p.umbrella and not p.withdrawn]

    def _all_projects(self) -> dict[int | None, Project]:
        if "projects" not in self._kept:
            found = Project.objects.filter(pairing=self.pairing).order_by("key")
            self._kept["projects"] = {p.pk: p for p in found}
        projects: dict[int | None, Project] = self._kept["projects"]
        return projects

    def _teams(self) -> dict[int | None, str]:
        if "teams" not in self._kept:
            self._kept["teams"] = dict(Team.objects.filter(pairing=self.pairing).values_list("pk", "name"))
        teams: dict[int | None, str] = self._kept["teams"]
        return teams

    def _members(self, professions: Iterable[str], said: Said) -> Iterator[Reading]:
        """Members as counts only: their records are named nowhere."""
        told = Member.objects.filter(
            pairing=self.pairing, withdrawn=False, profession__in=list(professions)
        ).values_list("starts", "ends", "team__name", "team__term__ends")
        items = tuple(Item("", "", _ONE, first, last or ends, (), team) for first, last, team, ends in told)
        words = _words(said.measure)
        if "在岗" not in words:
            yield Reading("期内进岗的", "who came", Way.DAY, items)
        if "新选派" not in words:
            yield Reading("期内在岗的", "in post", Way.STANDING, items)

    def _activities(self, one: Registered) -> Measure:
        found = Activity.objects.filter(pairing=self.pairing, withdrawn=False, sort=one.sort)
        if one.stages:
            found = found.filter(stage__in=one.stages)
        items = []
        for a in found.select_related("team", "project").order_by("day", "key").iterator(2000):
            if one.of == "events":
                amount: Any = 1
            elif one.of == "amount":
                amount = a.amount if a.currency == _CURRENCY else None
            else:
                amount = a.counts.get(one.of)
            if amount is None:
                continue
            team = a.team.name if a.team else ""
            project = a.project.key if a.project else ""
            name = f"{a.name} {a.partner}".strip()
            items.append(
                Item("activity", a.key, Decimal(amount), a.day, a.day, _codes(a.places), team, name, project)
            )
        sort = load_activities()[one.sort]
        unit = {"events": "", "amount": _YUAN}.get(one.of)
        if unit is None:
            unit = load_units().converted(1, sort.counts[one.of].unit)[1]
        return Measure(unit, (Reading(sort.name_zh, sort.name_en, Way.DAY, tuple(items)),))

    def _goals(self, said: Said, told: list[tuple[str, str, Item]]) -> Iterator[Measure]:
        """Targets or results of an indicator: of the team that is named, else of the pairing as a whole."""
        teams = set(self._teams().values())
        party = said.party if said.party in teams else ""
        by_unit: dict[str, list[Item]] = {}
        for indicator, unit, item in told:
            if indicator == said.indicator and item.team == party:
                by_unit.setdefault(load_units().converted(1, unit)[1], []).append(item)
        for unit, items in by_unit.items():
            yield Measure(unit, (Reading("", "", Way.PERIOD, tuple(items)),))

    def _targets(self) -> list[tuple[str, str, Item]]:
        if "targets" not in self._kept:
            found = Target.objects.filter(pairing=self.pairing, withdrawn=False, project=None)
            self._kept["targets"] = [
                (
                    t.indicator,
                    t.unit,
                    self._goal("target", t.key, t.target or Decimal(0), t.starts, t.ends, t),
                )
                for t in found.order_by("key")
            ]
        targets: list[tuple[str, str, Item]] = self._kept["targets"]
        return targets

    def _results(self) -> list[tuple[str, str, Item]]:
        if "results" not in self._kept:
            found = Result.objects.filter(
                pairing=self.pairing, withdrawn=False, target__project=None, target__withdrawn=False
            )
            kept = []
            for r in found.select_related("target").order_by("key"):
                if r.value is not None:
                    first = r.target.starts if r.cumulative else r.starts
                    item = self._goal("result", r.key, r.value, first, r.ends, r.target, r.cumulative)
                    kept.append((r.target.indicator, r.target.unit, item))
            self._kept["results"] = kept
        results: list[tuple[str, str, Item]] = self._kept["results"]
        return results

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
    items = tuple(i for m in measures for r in m.readings for i in r.items)
    names = [r for m in measures for r in m.readings]
    zh, en = "、".join(r.zh for r in names), ", ".join(r.en for r in names)
    return Measure(unit, (Reading(zh, en, Way.DAY, items),), any(m.part for m in measures))
