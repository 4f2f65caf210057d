"""A register whose project QS-05 has an approved plan, beside projects that weigh on both shares."""

from django.db.models import QuerySet

from shanhai.ledger.models import Pairing
from shanhai.programme.actions.plans import Asked, approve, ask
from shanhai.programme.models import PlanVersion, Project

from .made import CLERK, enter, registered

QAMDO = "540300"
"""A receiving place for which the rules of 80 % are known."""
PLAN = "/register/one/project/QS-05/plan/"


def planned() -> Pairing:
    """The pairing ``one``: of QS-03 it is not known whether it is livelihood; QS-04 is not."""
    one = registered()
    Pairing.objects.filter(pk=one.pk).update(receiving_code=QAMDO)
    one.refresh_from_db()
    enter(one, "term", "P11", {"batch": "11", "starts": "2025-07-20", "ends": "2028-07-19"})
    for key, name, area, money, livelihood in (
        ("QS-03", "河湾村道硬化", "民生", "250000", "未分类"),
        ("QS-04", "县城停车场", "民生", "150000", "非民生"),
        ("QS-05", "中心校学生宿舍", "教育", "1200000", "全部民生"),
        ("QS-06", "中心校食堂", "教育", "", "未分类"),
    ):
        told = {
            "name": name, "area": area, "term": "P11", "level": "县级", "livelihood": livelihood, "planned": money,
            "places": "洛隆县孜托镇", "planned_start": "2025-09-01", "planned_end": "2026-10-31",
        }  # fmt: skip
        enter(one, "project", key, told)
    target = {
        "indicator": "training.people", "unit": "人", "starts": "2025-09-01", "ends": "2026-12-31", "target": "60",
        "project": "QS-05",
    }  # fmt: skip
    enter(one, "target", "B5", target)
    outside = {"day": "2026-04-02", "stage": "到位", "amount": "88000", "plan": "计划外", "project": "QS-05"}
    enter(one, "money", "E9", outside)
    project = Project.objects.get(pairing=one, key="QS-05")
    approve(ask(project, Asked(), actor=CLERK), document="川援发〔2023〕8号", said="同意", actor=CLERK)
    return one


def wanted(**values: object) -> PlanVersion:
    """A request of the clerk for a change of QS-05's plan."""
    return ask(Project.objects.get(key="QS-05"), Asked(values, "材料涨价"), actor=CLERK)


def versions() -> QuerySet[PlanVersion]:
    """All versions, the first first."""
    return PlanVersion.objects.order_by("number")
