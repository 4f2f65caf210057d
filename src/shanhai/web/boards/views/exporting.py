"""What the sending office takes away for the yearly assessment: pairings, and targets with what was reached."""

import datetime
from collections.abc import Callable, Iterator, Sequence

from django.http import FileResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shanhai.catalogue.indicators import load_indicators
from shanhai.ledger import access
from shanhai.ledger.queries.paging import total
from shanhai.ledger.rights import Right
from shanhai.programme.models import Target
from shanhai.programme.queries.boards import targets as queries
from shanhai.programme.queries.boards.pairings import Line, lines
from shanhai.programme.queries.boards.progress import SHOWN
from shanhai.publishing.sheets import Column, Kind, Value
from shanhai.web import exports, links
from shanhai.web.boards import words
from shanhai.web.boards.asked import day_of, year_of
from shanhai.web.boards.shown_targets import shown_target
from shanhai.web.frame.templatetags.frame import both
from shanhai.web.requests import Request


@require_safe
def of_pairings(request: Request, ending: str) -> FileResponse:
    """One line a pairing."""
    day = day_of(request.GET)
    own = access.pairings(request.actor, Right.EXPORT)
    exports.refuse_many(total(own, exports.MOST_ROWS))
    absolute = exports.absolute(request)
    rows = (_line(line, absolute(links.board_path(line.pairing.key))) for line in lines(list(own), day))
    columns = [
        Column("pairing", _("结对"), width=28),
        Column("key", _("代号"), width=16),
        Column("projects", _("项目数"), Kind.WHOLE, 8),
        *(Column(pace, str(words.PACES[pace][0]), Kind.WHOLE, 10) for pace in SHOWN),
        *(Column(stage, _("%s（元）") % name, Kind.EXACT, 18) for stage, name in words.STAGES.items()),
        Column("spent_share", _("支出占到位（%）"), Kind.EXACT, 12),
        Column("idle_1", _("闲置超过一年（元）"), Kind.EXACT, 18),
        Column("idle_2", _("闲置超过两年（元）"), Kind.EXACT, 18),
        Column("assets", _("闲置资产"), Kind.WHOLE, 10),
        Column("assets_1", _("闲置资产超过一年"), Kind.WHOLE, 10),
        Column("assets_2", _("闲置资产超过两年"), Kind.WHOLE, 10),
        Column("off", _("本年目标未达标或落后"), Kind.WHOLE, 12),
        Column("judged", _("本年可判断的目标"), Kind.WHOLE, 12),
        Column("board", _("看板"), Kind.LINK, 40),
    ]
    notes = [(_("基准日"), day.isoformat()), *_meanings()]
    return exports.answer(_("各结对进展"), columns, rows, notes, ending)


@require_safe
def of_targets(request: Request, ending: str) -> FileResponse:
    """All targets of a year, each with what was reached and whether it may be compared."""
    day = day_of(request.GET)
    year = year_of(request.GET, day)
    own = access.pairings(request.actor, Right.EXPORT)
    wanted = queries.told(list(own.values_list("pk", flat=True)), year)
    exports.refuse_many(total(wanted, exports.MOST_ROWS))
    targets = list(wanted.order_by("indicator", "pairing__key", "team__key", "starts"))
    rows = _targets(targets, day, exports.absolute(request))
    columns = [
        Column("indicator", _("指标"), width=22),
        Column("code", _("指标代码"), width=22),
        Column("pairing", _("结对"), width=28),
        Column("term", _("批次"), width=8),
        Column("team", _("工作队"), width=22),
        Column("starts", _("开始"), Kind.DAY, 12),
        Column("ends", _("结束"), Kind.DAY, 12),
        Column("target", _("目标值"), Kind.EXACT, 12),
        Column("reached", _("完成值"), Kind.EXACT, 12),
        Column("unit", _("单位"), width=8),
        Column("rate", _("完成率（%）"), Kind.EXACT, 10),
        Column("until", _("完成值截至"), Kind.DAY, 12),
        Column("course", _("判断"), width=12),
        Column("why", _("没有完成值的原因"), width=36),
        Column("notes", _("未加的与提示"), width=36),
        Column("definition", _("口径"), width=36),
        Column("compared", _("可比性"), width=28),
        Column("record", _("目标记录"), Kind.LINK, 40),
    ]
    notes = [
        (_("年度"), str(year)),
        (_("基准日"), day.isoformat()),
        (_("可比"), _("只有指标、单位、口径都相同的目标才可相互比较；其余不可比，原因写在“可比性”一栏。")),
    ]
    return exports.answer(_("年度目标完成情况"), columns, rows, notes, ending)


def _line(line: Line, board: str) -> list[Value]:
    return [
        both(line.pairing.name_zh, line.pairing.name_en or line.pairing.name_zh),
        line.pairing.key,
        line.projects,
        *(line.paces.get(pace, 0) for pace in SHOWN),
        *(line.stages.get(stage) for stage in words.STAGES),
        line.spent,
        line.idle.get(1),
        line.idle.get(2),
        *(line.assets.get(years, 0) for years in (0, 1, 2)),
        line.off,
        line.judged,
        board,
    ]


def _targets(
    targets: Sequence[Target], day: datetime.date, absolute: Callable[[str], str]
) -> Iterator[list[Value]]:
    """Each target of a year; those whose indicator the catalogue has no more come last and have no figure."""
    known = load_indicators()
    by_indicator: dict[str, list[queries.Judged]] = {}
    for one in queries.judged(targets, day):
        by_indicator.setdefault(one.target.indicator, []).append(one)
    for code, own in by_indicator.items():
        name = both(known[code].name_zh, known[code].name_en)
        for number, group in enumerate(queries.side_by_side(own), 1):
            why = str(words.ALONE[group.alone]) if group.alone else _("可比（第%d组）") % number
            for one in group.members:
                shown = shown_target(one)
                yield _target(
                    one.target, absolute, name, why, one.standing.rounded, one.standing.progress.share,
                    one.until, str(shown.word), shown.why, "\n".join(shown.notes),
                )  # fmt: skip
    for target in targets:
        if target.indicator not in known:
            why = _("目录里没有这个指标，完成情况不合计。")
            yield _target(target, absolute, target.indicator, "", None, None, None, "", why, "")


def _target(
    target: Target, absolute: Callable[[str], str], name: str, compared: str, *judged: Value
) -> list[Value]:
    """A row; what is judged: figure, share, up to when, course, why there is no figure, notes."""
    figure, share, until, course, why, notes = judged
    pairing = target.pairing
    return [
        name,
        target.indicator,
        both(pairing.name_zh, pairing.name_en or pairing.name_zh),
        target.team.term.key if target.team else "",
        target.team.name if target.team else "",
        target.starts,
        target.ends,
        target.target,
        figure,
        target.unit,
        share,
        until,
        course,
        why,
        notes,
        target.definition,
        compared,
        absolute(links.record_path(pairing.key, "target", target.key)),
    ]


def _meanings() -> list[tuple[str, str]]:
    return [(str(name), str(meaning)) for name, meaning in words.PACES.values()]
