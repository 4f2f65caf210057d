"""The words of the boards, each with what it means one step away."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from shanhai.programme.models import Form, Plan, Stage
from shanhai.programme.queries.boards.progress import Pace
from shanhai.programme.queries.boards.targets import Alone, Course
from shanhai.programme.shares.credit import Why
from shanhai.programme.shares.held import Basis
from shanhai.reasoning.rules.meter import Standing

Word = str | Promise
_WAN, _MILLION, _CENT = Decimal(10**4), Decimal(10**6), Decimal("0.01")

PACES: dict[Pace, tuple[Word, Word]] = {
    Pace.LATE: (gettext_lazy("逾期未完"), gettext_lazy("计划完工日期已过，尚未完工")),
    Pace.SLOW: (gettext_lazy("进度滞后"), gettext_lazy("计划开工日期已过尚未开工，或已暂停")),
    Pace.RUNNING: (gettext_lazy("正常推进"), gettext_lazy("已开工，计划完工日期未到")),
    Pace.AHEAD: (gettext_lazy("未到开工期"), gettext_lazy("计划开工日期未到")),
    Pace.DONE: (gettext_lazy("已完工"), gettext_lazy("已完工，不晚于计划，或未写明日期")),
    Pace.DONE_LATE: (gettext_lazy("晚于计划完工"), gettext_lazy("已完工，实际完工日期晚于计划")),
    Pace.UNDATED: (gettext_lazy("缺计划日期"), gettext_lazy("未写计划完工日期，无法判断")),
    Pace.CANCELLED: (gettext_lazy("已取消"), gettext_lazy("项目已取消")),
}
STAGES: dict[str, Word] = {
    Stage.PROMISED: gettext_lazy("承诺"),
    Stage.COMMITTED: gettext_lazy("下达"),
    Stage.ARRIVED: gettext_lazy("到位"),
    Stage.PAID_ON: gettext_lazy("转拨"),
    Stage.SPENT: gettext_lazy("支出"),
    Stage.RETURNED: gettext_lazy("退回"),
}
PLANS: dict[str, Word] = {Plan.IN: gettext_lazy("计划内"), Plan.OUT: gettext_lazy("计划外")}
FORMS: dict[str, Word] = {
    Form.CASH: pgettext_lazy("money", "资金"),
    Form.GOODS: gettext_lazy("物资折款"),
}
BASES: dict[Basis, Word] = {
    Basis.PLANNED: gettext_lazy("计划资金"),
    Basis.ARRIVED: gettext_lazy("到位资金"),
    Basis.SPENT: gettext_lazy("支出资金"),
}
STANDINGS: dict[Standing, Word] = {
    Standing.MET: gettext_lazy("达到"),
    Standing.BROKEN: gettext_lazy("未达到"),
    Standing.OPEN: gettext_lazy("尚不能定"),
}
UNJUDGED: Word = gettext_lazy("不作判断")
SETTLES: dict[Standing, Word] = {
    Standing.MET: gettext_lazy("全部计入就能达到"),
    Standing.BROKEN: gettext_lazy("全部不计入就未达到"),
}
COURSES: dict[Course, tuple[Word, Word]] = {
    Course.REACHED: (gettext_lazy("已达标"), gettext_lazy("完成数达到目标值")),
    Course.MISSED: (gettext_lazy("未达标"), gettext_lazy("目标期已结束，未达到目标值")),
    Course.BEHIND: (gettext_lazy("落后于时间"), gettext_lazy("完成比例低于已过时间的比例")),
    Course.ON_TIME: (gettext_lazy("合乎时间"), gettext_lazy("完成比例不低于已过时间的比例")),
    Course.OPEN: (gettext_lazy("暂不判断"), gettext_lazy("没有可用的完成数，或该指标不能按时间推算")),
}
ALONE: dict[Alone, Word] = {
    Alone.UNIT: gettext_lazy("不可比：口径相同而单位不同"),
    Alone.DEFINITION: gettext_lazy("不可比：口径与其他队伍不同"),
    Alone.NO_DEFINITION: gettext_lazy("不可比：没有写明口径"),
    Alone.ALONE: gettext_lazy("没有其他队伍登记该指标"),
}
REFUSALS: dict[Why, Word] = {
    Why.UMBRELLA: gettext_lazy("仅作汇总的总项目"),
    Why.PARENT: gettext_lazy("下属项目已计的上级项目"),
    Why.OTHERS_SHARE: gettext_lazy("其他出资方的份额"),
    Why.UNKNOWN_SHARE: gettext_lazy("出资方占比未登记，只计入可能的范围"),
    Why.CURRENCY: gettext_lazy("以其他币种计"),
    Why.CANCELLED: gettext_lazy("已取消的项目"),
    Why.NO_AMOUNT: gettext_lazy("没有这种金额的项目"),
    Why.NO_PROJECT: gettext_lazy("没有归到项目的资金，可能与项目的资金重复"),
}


def is_english() -> bool:
    """Whether the reader reads English."""
    return (get_language() or "zh").startswith("en")


def money_unit() -> str:
    """The unit of amounts on boards."""
    return _("万元")


def scaled(amount: Decimal) -> Decimal:
    """An amount in the unit of the boards, to two places."""
    by = _MILLION if is_english() else _WAN
    return (amount / by).quantize(_CENT, ROUND_HALF_UP)


def shown(amount: Decimal | None) -> str:
    """An amount in the unit of the boards; a dash where there is none."""
    return "—" if amount is None else f"{scaled(amount):,}"
