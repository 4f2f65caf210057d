"""Activity, need and match. What an activity counts is told by the catalogue's file of its sort."""

from collections.abc import Iterator

from shanhai.catalogue.activities import load_activities
from shanhai.programme.kinds.kind import Draft, Field, Kind, Problem, in_order
from shanhai.programme.kinds.projects import PROJECT
from shanhai.programme.kinds.sorts import SortCounts, SortKey, SortStage
from shanhai.programme.kinds.terms import MEMBER, TEAM
from shanhai.programme.models import Activity, Match, Need
from shanhai.programme.values import (
    Amount,
    AreaKey,
    Choice,
    Currency,
    Day,
    Places,
    Quantity,
    Reference,
    Text,
    options_of,
)


def _fits_sort(draft: Draft) -> Iterator[Problem]:
    values = draft.values
    sort = load_activities().get(values.get("sort") or "")
    if sort is None:
        return
    for key in values.get("counts") or {}:
        if key not in sort.counts:
            known = "、".join(c.name_zh for c in sort.counts.values())
            yield Problem(
                "counts",
                f"“{sort.name_zh}”不计“{key}”。可计：{known}。",
                f"A {sort.name_en} has no count “{key}”. It has: {', '.join(c.name_en for c in sort.counts.values())}.",
            )
    if values.get("stage") and values["stage"] not in sort.stages:
        known = "、".join(s.name_zh for s in sort.stages.values()) or "无"
        yield Problem(
            "stage",
            f"“{sort.name_zh}”没有这个{sort.stage_zh}。可选：{known}。",
            f"A {sort.name_en} has no such {sort.stage_en}. It has: "
            f"{', '.join(s.name_en for s in sort.stages.values()) or 'none'}.",
        )
    if values.get("amount") is not None and not sort.money:
        yield Problem(
            "amount",
            f"“{sort.name_zh}”不登记金额。花的钱请登记在资金。",
            f"A {sort.name_en} has no amount. Money spent on it is a money event.",
        )


def _other_side(draft: Draft) -> Iterator[Problem]:
    need, offer = draft.values.get("need"), draft.values.get("offer")
    if need and need.side != Need.Side.ASKED:
        yield Problem("need", f"{need.key}是支援方所能，不是所需。", f"{need.key} is an offer, no need.")
    if offer and offer.side != Need.Side.OFFERED:
        yield Problem("offer", f"{offer.key}是受援方所需，不是所能。", f"{offer.key} is a need, no offer.")


ACTIVITY = Kind(
    "activity",
    "工作",
    "activity",
    "activities",
    Activity,
    (
        Field("sort", "类别", "Sort", SortKey(), required=True, example="培训", listed=True),
        Field("name", "名称", "Name", Text(100), required=True, example="乡镇医护急救培训", listed=True),
        Field("day", "日期", "Day", Day(), required=True, example="2023-08-14", listed=True),
        Field("ends", "结束日期", "To", Day(), example="2023-08-16"),
        Field("places", "地点", "Places", Places(), example="洛隆县", listed=True),
        Field("team", "工作队编号", "Team", TEAM, example="T10", listed=True),
        Field("project", "项目编号", "Project", PROJECT),
        Field("member", "经办队员编号", "By", MEMBER),
        Field(
            "partner",
            "对方单位",
            "Partner",
            Text(100),
            note_zh="单位或企业，不写个人",
            note_en="an institution or firm, never a person",
            example="县人民医院",
        ),
        Field("stage", "进展", "Stage", SortStage(), listed=True),
        Field(
            "counts",
            "数量",
            "Counts",
            SortCounts(),
            example="参训人数 42；天数 3",
            listed=True,
            note_zh="各类别可写哪些数量，见模板的“填写说明”",
            note_en="which counts a sort has: see the template's instructions",
        ),
        Field("amount", "金额", "Amount", Amount(), listed=True),
        Field("currency", "币种", "Currency", Currency()),
    ),
    (in_order("day", "ends", "结束早于开始", "The end lies before the begin"), _fits_sort),
    prefix="D",
)
NEED = Kind(
    "need",
    "需求与供给",
    "need or offer",
    "needs and offers",
    Need,
    (
        Field(
            "side",
            "哪一方",
            "Side",
            Choice(options_of(Need.Side, "asked for by the receiving side", "offered by the sending side")),
            required=True,
            example="受援方所需",
            listed=True,
        ),
        Field("summary", "内容", "What", Text(200), required=True, example="缺儿科医生一名", listed=True),
        Field("area", "领域", "Area", AreaKey(), required=True, example="医疗卫生", listed=True),
        Field(
            "said_by", "提出单位", "Said by", Text(60), required=True, example="县卫生健康委员会", listed=True
        ),
        Field("places", "地点", "Places", Places(), example="洛隆县"),
        Field("quantity", "数量", "Quantity", Quantity(), example="1", listed=True),
        Field("unit", "单位", "Unit", Text(16), example="名", listed=True),
        Field("day", "提出日期", "Day", Day(), required=True, example="2023-03-01", listed=True),
        Field("due", "期限", "Due", Day(), example="2023-09-01", listed=True),
        Field(
            "state",
            "状态",
            "State",
            Choice(options_of(Need.State, "open", "matched", "met", "dropped")),
            listed=True,
            example="待对接",
        ),
    ),
    (in_order("day", "due", "期限早于提出日期", "It is due before it was said"),),
    prefix="N",
)
MATCH = Kind(
    "match",
    "供需对接",
    "match",
    "matches",
    Match,
    (
        Field(
            "need",
            "需求编号",
            "Need",
            Reference("need", "需求", "need"),
            required=True,
            example="N1",
            listed=True,
        ),
        Field(
            "offer",
            "供给编号",
            "Offer",
            Reference("need", "供给", "offer"),
            required=True,
            example="N2",
            listed=True,
        ),
        Field("project", "项目编号", "Project", PROJECT, listed=True),
        Field("day", "对接日期", "Day", Day(), required=True, example="2023-04-01", listed=True),
        Field("due", "期限", "Due", Day(), listed=True),
        Field(
            "state",
            "进展",
            "State",
            Choice(options_of(Match.State, "proposed", "agreed", "under way", "done", "came to nothing")),
            listed=True,
            example="拟对接",
        ),
        Field("note", "说明", "Note", Text(300), listed=True),
    ),
    (_other_side, in_order("day", "due", "期限早于对接日期", "It is due before the match")),
    prefix="L",
)
