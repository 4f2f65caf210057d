"""Project, co-funding, asset and visit."""

from collections.abc import Iterator
from decimal import Decimal

from shanhai.programme.kinds.kind import Draft, Field, Kind, Problem, in_order
from shanhai.programme.kinds.loops import no_loop
from shanhai.programme.kinds.terms import TEAM, TERM
from shanhai.programme.models import (
    Asset,
    CoFunding,
    Delivery,
    Level,
    Livelihood,
    MoneyEvent,
    Project,
    Status,
    Use,
    Visit,
)
from shanhai.programme.values import (
    Amount,
    AreaKey,
    Choice,
    Currency,
    Day,
    Places,
    Reference,
    Share,
    Text,
    YesNo,
    options_of,
)

PROJECT = Reference("project", "项目", "project")
LEVEL = Choice(options_of(Level, "province", "prefecture", "county", "township or village", "not classified"))
LIVELIHOOD = Choice(
    options_of(Livelihood, "livelihood", "partly livelihood", "not livelihood", "not classified")
)
DELIVERY = Choice(options_of(Delivery, "turnkey", "cheque"))
STATUS = Choice(
    options_of(Status, "not started", "under way", "finished, not settled", "closed", "cancelled", "halted")
)
USE = Choice(options_of(Use, "in use", "partly used", "idle", "written off"))


def _share_where_part(draft: Draft) -> Iterator[Problem]:
    part, share = draft.values.get("livelihood"), draft.values.get("livelihood_share")
    if part == Livelihood.PART and share is None:
        yield Problem(
            "livelihood_share",
            "部分民生的项目须写民生占比。不清楚时，民生属性请选“未分类”。",
            "A project that is partly livelihood needs the share. Where it is not known, choose “not classified”.",
        )
    if part != Livelihood.PART and share is not None:
        yield Problem(
            "livelihood_share",
            "只有部分民生的项目才写民生占比。请清空，或改选“部分民生”。",
            "Only a project that is partly livelihood has a share. Empty it, or choose “partly livelihood”.",
        )


def _dates_fit_status(draft: Draft) -> Iterator[Problem]:
    status, started, ended = (draft.values.get(name) for name in ("status", "started", "ended"))
    if status == Status.PIPELINE and started:
        yield Problem(
            "status",
            f"已于{started}开工，状态却是未开工。请改一个。",
            f"It began on {started}, yet its state is “not started”. Change one of them.",
        )
    if status in (Status.PIPELINE, Status.IMPLEMENTATION) and ended:
        yield Problem(
            "status",
            f"已于{ended}完工，状态却不是完工。请改一个。",
            f"It ended on {ended}, yet its state says otherwise. Change one of them.",
        )
    if ended and not started:
        yield Problem(
            "started", "写了完工日期，没有开工日期。请补上。", "It has an end but no begin. Add the begin."
        )


def _one_currency(draft: Draft) -> Iterator[Problem]:
    if draft.before is None:
        return
    other = (
        MoneyEvent.objects.filter(project=draft.before.pk, withdrawn=False)
        .exclude(currency=draft.values.get("currency"))
        .first()
    )
    if other:
        yield Problem(
            "currency",
            f"该项目已有{other.currency}的资金记录（{other.key}），不能改币种。",
            f"The project has money in {other.currency} ({other.key}); its currency stays.",
        )


def _shares_below_one(draft: Draft) -> Iterator[Problem]:
    project, share = draft.values.get("project"), draft.values.get("share")
    if project is None or share is None:
        return
    others = CoFunding.objects.filter(project=project, withdrawn=False).exclude(key=draft.key)
    told = sum((o.share for o in others if o.share is not None), Decimal(0))
    if told + share > 1:
        zh = "、".join(f"{o.funder} {Share().shown(o.share)}" for o in others if o.share is not None)
        yield Problem(
            "share",
            f"项目{project.key}各出资方占比合计{Share().shown(told + share)}，超过100%（已有：{zh or '无'}）。请核对。",
            f"The shares of project {project.key} come to {Share().shown(told + share)}, above 100 % "
            f"(there already: {zh or 'none'}). Check them.",
        )


KIND = Kind(
    "project",
    "项目",
    "project",
    "projects",
    Project,
    (
        Field("name", "项目名称", "Name", Text(100), required=True, example="乡镇卫生院改扩建", listed=True),
        Field("area", "领域", "Area", AreaKey(), required=True, example="医疗卫生", listed=True),
        Field("term", "批次编号", "Term", TERM, example="P10"),
        Field("team", "工作队编号", "Team", TEAM, example="T10", listed=True),
        Field("parent", "上级项目编号", "Part of", PROJECT),
        Field(
            "umbrella",
            "仅作汇总",
            "Only gathers",
            YesNo(),
            example="否",
            note_zh="只汇总下属项目的总项目，其金额不与下属相加",
            note_en="it gathers its parts; its own money is not added to theirs",
        ),
        Field(
            "level",
            "受益层级",
            "Level",
            LEVEL,
            plan=True,
            example="乡村级",
            listed=True,
        ),
        Field(
            "livelihood",
            "民生属性",
            "Livelihood",
            LIVELIHOOD,
            plan=True,
            example="全部民生",
            listed=True,
        ),
        Field(
            "livelihood_share",
            "民生占比",
            "Livelihood share",
            Share(),
            plan=True,
            note_zh="只填部分民生的项目",
            note_en="for partly livelihood only",
        ),
        Field("delivery", "实施方式", "Delivery", DELIVERY, example="交支票"),
        Field("status", "状态", "State", STATUS, example="实施中", listed=True),
        Field("planned", "计划资金", "Planned money", Amount(), plan=True, example="1200000.00", listed=True),
        Field("currency", "币种", "Currency", Currency(), example="CNY"),
        Field(
            "planned_start", "计划开工", "Planned start", Day(), plan=True, example="2023-03-01", listed=True
        ),
        Field("planned_end", "计划完工", "Planned end", Day(), plan=True, example="2024-10-31", listed=True),
        Field("started", "实际开工", "Started", Day(), example="2023-03-15", listed=True),
        Field("ended", "实际完工", "Ended", Day(), listed=True),
        Field("places", "实施地点", "Places", Places(), plan=True, example="洛隆县孜托镇"),
        Field("builder", "建设单位", "Builder", Text(60), example="县卫生健康委员会"),
        Field("receiver", "接收单位", "Receiver", Text(60), example="乡镇卫生院"),
    ),
    (
        in_order(
            "planned_start",
            "planned_end",
            "计划完工早于计划开工",
            "The planned end lies before the planned start",
        ),
        in_order("started", "ended", "实际完工早于实际开工", "The end lies before the start"),
        _share_where_part,
        _dates_fit_status,
        _one_currency,
        no_loop("parent", "上级项目", "project above"),
    ),
    prefix="X",
)
COFUNDING = Kind(
    "cofunding",
    "共同出资",
    "co-funding",
    "co-fundings",
    CoFunding,
    (
        Field("project", "项目编号", "Project", PROJECT, required=True, example="ZX-012", listed=True),
        Field("funder", "出资方", "Funder", Text(60), required=True, example="县财政", listed=True),
        Field(
            "pairing_of_funder",
            "出资方结对代号",
            "Funder's pairing",
            Reference("pairing", "结对", "pairing"),
            note_zh="出资方也在本账本登记时填写",
            note_en="where the funder keeps its register here, too",
        ),
        Field(
            "share",
            "占比",
            "Share",
            Share(),
            note_zh="不清楚时空着",
            note_en="empty where it is not known",
            example="30%",
            listed=True,
        ),
    ),
    (_shares_below_one,),
    prefix="C",
    among=True,
)
ASSET = Kind(
    "asset",
    "资产",
    "asset",
    "assets",
    Asset,
    (
        Field("project", "项目编号", "Project", PROJECT, required=True, example="ZX-012", listed=True),
        Field("name", "资产", "Asset", Text(100), required=True, example="门诊楼", listed=True),
        Field("value", "价值", "Value", Amount(), example="1150000.00", listed=True),
        Field("handed_over", "移交日期", "Handed over", Day(), example="2024-11-20", listed=True),
        Field("owner", "接管单位", "Owner", Text(60), example="乡镇卫生院", listed=True),
        Field("use", "使用情况", "Use", USE, example="在用", listed=True),
        Field(
            "since",
            "自何日起",
            "Since",
            Day(),
            listed=True,
            note_zh="现在的使用情况从哪天开始",
            note_en="since when it is used so",
        ),
    ),
    (in_order("handed_over", "since", "使用情况的日期早于移交", "Its use is dated before the hand-over"),),
    prefix="Z",
)
VISIT = Kind(
    "visit",
    "回访",
    "visit",
    "visits",
    Visit,
    (
        Field(
            "asset",
            "资产编号",
            "Asset",
            Reference("asset", "资产", "asset"),
            required=True,
            example="Z1",
            listed=True,
        ),
        Field("day", "回访日期", "Day", Day(), required=True, example="2025-06-12", listed=True),
        Field("use", "使用情况", "Use", USE, required=True, example="在用", listed=True),
        Field("by", "回访人", "By", Text(60), listed=True),
        Field("note", "情况", "Note", Text(300), listed=True, example="日均门诊30人次"),
    ),
    prefix="V",
)
