"""Lines and outcomes in words, for pages, memos and sheets; each in Chinese and English."""

from decimal import Decimal

from shanhai.catalogue.activities import load_activities
from shanhai.programme.exchange.compare import Total
from shanhai.programme.exchange.kinds.figures import indicator
from shanhai.programme.exchange.lines import Activity, Line, Money, Project, Side
from shanhai.programme.kinds.money import FORM, PLAN, STAGE
from shanhai.programme.kinds.projects import STATUS

SIDES = {Side.SENDING: ("支援方", "sending side"), Side.RECEIVING: ("受援方", "receiving side")}

Both = tuple[str, str]


def told(line: Line) -> Both:
    """What a line says, without its number."""
    if isinstance(line, Money):
        return _money(line)
    if isinstance(line, Project):
        return _project(line)
    if isinstance(line, Activity):
        return _activity(line)
    zh, en = indicator(line)
    value = _value(line.value) or f"{_value(line.numerator)}/{_value(line.denominator)}"
    planned = ("计划", "planned") if line.of == "target" else ("实际", "actual")
    cumulative = ("累计", "cumulative ") if line.cumulative else ("", "")
    return (
        f"{line.starts}至{line.ends} {zh} {cumulative[0]}{planned[0]}{value}{line.unit}{_of(line.project)[0]}",
        f"{line.starts} to {line.ends}: {en}, {cumulative[1]}{planned[1]} {value} {line.unit}{_of(line.project)[1]}",
    )


def part(total: Total) -> Both:
    """What the part of a total is called; ("", "") for projects."""
    if total.kind == "money":
        return STAGE.shown(total.part), STAGE.shown(total.part, english=True)
    if total.kind == "activity":
        sort = load_activities().get(total.part)
        return (sort.name_zh, sort.name_en) if sort else (total.part, total.part)
    return {"target": ("目标", "targets"), "result": ("完成情况", "results")}.get(total.part, ("", ""))


def money(amount: Decimal) -> str:
    """An amount with its thousands parted."""
    return f"{amount:,.2f}"


def _money(line: Money) -> Both:
    zh = [line.day.isoformat(), STAGE.shown(line.stage), f"{money(line.amount)} {line.currency}"]
    en = [
        line.day.isoformat(),
        STAGE.shown(line.stage, english=True),
        f"{money(line.amount)} {line.currency}",
    ]
    zh += [PLAN.shown(line.plan), FORM.shown(line.form)]
    en += [PLAN.shown(line.plan, english=True), FORM.shown(line.form, english=True)]
    rest = [text for text in (line.what, line.counterparty) if text]
    return " ".join([*zh, *rest]) + _of(line.project)[0], ", ".join([*en, *rest]) + _of(line.project)[1]


def _project(line: Project) -> Both:
    planned = f"{money(line.planned)} {line.currency}" if line.planned is not None else ""
    zh = [line.name, STATUS.shown(line.status), f"计划{planned}" if planned else ""]
    en = [line.name, STATUS.shown(line.status, english=True), f"planned {planned}" if planned else ""]
    return " ".join(filter(None, zh)), ", ".join(filter(None, en))


def _activity(line: Activity) -> Both:
    sort = load_activities().get(line.sort)
    zh = [line.day.isoformat(), sort.name_zh if sort else line.sort, line.name]
    en = [line.day.isoformat(), sort.name_en if sort else line.sort, line.name]
    for key, count in sorted(line.counts.items()):
        counted = sort.counts.get(key) if sort else None
        zh.append(f"{counted.name_zh if counted else key}{count}")
        en.append(f"{counted.name_en if counted else key} {count}")
    if line.amount is not None:
        zh.append(f"{money(line.amount)} {line.currency}")
        en.append(zh[-1])
    return " ".join(zh) + _of(line.project)[0], ", ".join(en) + _of(line.project)[1]


def _of(project: str) -> Both:
    return (f"，项目{project}", f", project {project}") if project else ("", "")


def _value(number: Decimal | None) -> str:
    if number is None:
        return ""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
