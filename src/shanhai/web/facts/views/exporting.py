"""The pages of facts as files."""

from collections.abc import Mapping

from django.http import FileResponse
from django.utils.translation import gettext as _

from shanhai.ledger.errors import NotPossible
from shanhai.ledger.models import Fact
from shanhai.ledger.queries.fact_lists import exportable, fact_at, portions, tellings, wanted_facts
from shanhai.ledger.queries.paging import total
from shanhai.ledger.rights import Right
from shanhai.web.exports import MOST_ROWS, absolute, answer, refuse_many
from shanhai.web.facts.asking import Asked, asked, faults_of
from shanhai.web.facts.sheets import (
    fact_columns,
    fact_rows,
    place_note,
    statement_columns,
    statement_rows,
)
from shanhai.web.facts.views.comparison import compared_of
from shanhai.web.facts.views.over_years import series_of
from shanhai.web.facts.wording import area_name, indicator_name, pairing_name, place_name, thing
from shanhai.web.requests import Request

_PORTION = 500
Notes = list[tuple[str, str]]


def of_list(request: Request, ending: str) -> FileResponse:
    """The list as it is filtered, in its usual order."""
    told = asked(request.GET)
    _refuse(told.faults)
    rows = exportable(request.actor, wanted_facts(request.actor, told.wanted))
    refuse_many(total(rows, MOST_ROWS))
    found = fact_rows(portions(rows), absolute(request))
    return answer(_("事实"), fact_columns(), found, _filters(told), ending)


def of_series(request: Request, ending: str) -> FileResponse:
    """A series, line by line."""
    told = series_of(request.actor, request.GET)
    _refuse(faults_of(request.GET, told.unknown))
    of_line = {f.pk: label for line, label in zip(told.lines, told.labels, strict=True) for f in line.facts}
    facts = _allowed(request, [f for line in told.lines for f in line.facts])
    place = next((s.key for s in told.subjects if s.kind == "place"), "")
    notes = [
        (_("指标"), indicator_name(told.indicator)),
        (_("对象"), "、".join(s.name for s in told.subjects)),
        *([(_("连接的地方代码"), place_note(place))] if place else []),
        *((_("变动"), b.told) for b in told.breaks),
        (_("口径"), _("“系列”列不同的，口径不同，不能连成一条线。")),
    ]
    rows = fact_rows(_portions(facts), absolute(request), lambda f: of_line[f.pk])
    return answer(_("历年"), fact_columns(_("系列")), rows, notes, ending)


def of_comparison(request: Request, ending: str) -> FileResponse:
    """A comparison: what counts the same first, then what does not."""
    told = compared_of(request.actor, request.GET)
    _refuse(faults_of(request.GET, told.unknown))
    groups: dict[int, str] = {}
    facts: list[Fact] = []
    if told.result.line:
        for fact in told.result.line.facts:
            groups[fact.pk] = _("可比：%(label)s") % {"label": told.result.line.label()}
            facts.append(fact)
    for one in told.result.apart:
        why = "；".join(f"{part}：{b}（≠ {a}）" for part, a, b in one.differs)
        for fact in one.line.facts:
            groups[fact.pk] = _("不可比：%(why)s") % {"why": why}
            facts.append(fact)
    notes = [
        (_("指标"), indicator_name(told.indicator)),
        (_("对象"), "、".join(s.name for s in told.subjects)),
        (_("口径"), _("标为“可比”的口径一致；“不可比”的写明差别，请勿并列。")),
    ]
    rows = fact_rows(_portions(_allowed(request, facts)), absolute(request), lambda f: groups[f.pk])
    return answer(_("比较"), fact_columns(_("可比性")), rows, notes, ending)


def of_fact(request: Request, pairing: str, key: str, ending: str) -> FileResponse:
    """One fact's statements."""
    fact = fact_at(request.actor, pairing, key)
    request.actor.require(Right.EXPORT, fact.pairing_id)
    told = tellings(fact)
    refuse_many(total(told, MOST_ROWS))
    rows = statement_rows(fact, told.iterator(_PORTION), absolute(request))
    notes = [(_("事实"), thing(fact)), (_("等级"), fact.grade), (_("结对"), pairing_name(fact.pairing))]
    return answer(_("说法"), statement_columns(), rows, notes, ending)


def _refuse(faults: Mapping[str, str]) -> None:
    """Refuse to export something else than what was asked for."""
    if faults:
        told = " ".join(faults.values())
        raise NotPossible(f"没有导出：{told}", f"Nothing was exported: {told}")


def _allowed(request: Request, facts: list[Fact]) -> list[Fact]:
    """Those that the actor may export."""
    if not request.actor.may_somewhere(Right.EXPORT):
        request.actor.require(Right.EXPORT)
    return [f for f in facts if request.actor.may(Right.EXPORT, f.pairing_id)]


def _portions(facts: list[Fact]) -> list[list[Fact]]:
    return [facts[at : at + _PORTION] for at in range(0, len(facts), _PORTION)]


def _filters(told: Asked) -> Notes:
    """What was asked for, as the form's fields name it."""
    wanted = told.wanted
    shown = [
        (_("结对"), wanted.pairing),
        (_("地方"), place_name(wanted.place) if wanted.place else ""),
        (_("队伍"), wanted.party),
        (_("领域"), area_name(wanted.area)),
        (_("指标"), indicator_name(wanted.indicator) if wanted.indicator else ""),
        (_("年份"), f"{wanted.since or ''}–{wanted.until or ''}".strip("–")),
        (_("等级"), wanted.grade),
        (_("只看有矛盾的"), _("是") if wanted.clash else ""),
    ]
    return [(name, value) for name, value in shown if value] or [(_("筛选条件"), _("全部"))]
