"""Money events."""

from collections.abc import Iterator

from shanhai.programme.kinds.kind import Draft, Field, Kind, Problem
from shanhai.programme.kinds.projects import PROJECT
from shanhai.programme.kinds.terms import TEAM
from shanhai.programme.models import Form, MoneyEvent, Plan, Stage
from shanhai.programme.values import Amount, Choice, Currency, Day, Text, options_of

STAGE = Choice(options_of(Stage, "promised", "committed", "arrived", "paid on", "spent", "returned"))
PLAN = Choice(options_of(Plan, "in plan", "out of plan"))
FORM = Choice(options_of(Form, "cash", "goods"))


def _currency_of_project(draft: Draft) -> Iterator[Problem]:
    project, currency = draft.values.get("project"), draft.values.get("currency")
    if project is not None and currency and project.currency != currency:
        yield Problem(
            "currency",
            f"项目{project.key}以{project.currency}计，本笔是{currency}。两种币种不能相加：请折算后登记，并在依据中写明汇率。",
            f"Project {project.key} is kept in {project.currency}, this event is in {currency}. Two currencies are not "
            "added: convert it, and give the rate with the evidence.",
        )


def _goods_are_named(draft: Draft) -> Iterator[Problem]:
    if draft.values.get("form") == Form.GOODS and not draft.values.get("what"):
        yield Problem("what", "物资须写明是什么。", "Say what goods they are.")


def _above_zero(draft: Draft) -> Iterator[Problem]:
    if draft.values.get("amount") == 0:
        yield Problem(
            "amount",
            "金额为0。没有发生的不登记；退回请用“退回”阶段。",
            "The amount is 0. What did not happen is not entered; for money given back choose “returned”.",
        )


MONEY = Kind(
    "money",
    "资金",
    "money event",
    "money events",
    MoneyEvent,
    (
        Field("day", "日期", "Day", Day(), required=True, example="2023-05-10", listed=True),
        Field("stage", "阶段", "Stage", STAGE, required=True, example="到位", listed=True),
        Field("amount", "金额", "Amount", Amount(), required=True, example="600000.00", listed=True),
        Field("currency", "币种", "Currency", Currency(), example="CNY"),
        Field("plan", "计划内外", "In plan", PLAN, required=True, example="计划内", listed=True),
        Field("form", "形式", "Form", FORM, example="资金", listed=True),
        Field("what", "物资名称", "Goods", Text(100)),
        Field("project", "项目编号", "Project", PROJECT, example="ZX-012", listed=True),
        Field("team", "工作队编号", "Team", TEAM, example="T10"),
        Field("counterparty", "对方单位", "Counterparty", Text(60), example="市财政局", listed=True),
    ),
    (_currency_of_project, _goods_are_named, _above_zero),
    prefix="E",
)
