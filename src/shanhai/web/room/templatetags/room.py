"""The words of decisions, what a reviewer wrote in short, the usual reasons to reject, values for scripts."""

import json

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shanhai.ledger.contents import claim_of
from shanhai.ledger.models import Statement
from shanhai.web.room import words

register = template.Library()


@register.simple_tag
def decision(value: str) -> str:
    """What a decision is called."""
    return {
        "accept": _("采纳"),
        "correct": _("更正"),
        "split": _("拆分"),
        "merge": pgettext("decision", "合并"),
        "reject": _("排除"),
        "add": _("补录"),
        "undo": _("撤销"),
    }[value]


@register.simple_tag
def said_by(statement: Statement) -> str:
    """A figure's value with its unit."""
    return words.figure(claim_of(statement, ""))


@register.simple_tag
def quick_reasons() -> list[str]:
    """Why a figure is none of the report, as a rule."""
    return [
        _("不是数量，是名称、编号或文号"),
        _("是日期、时间或次序"),
        _("是别处那个数字的一部分"),
        _("不是这份报告说的，是引用或页面杂项"),
        _("重复读取"),
        _("原文残缺，无法确定"),
    ]


@register.filter
def as_json(value: object) -> str:
    """A value as JSON, for an attribute."""
    return json.dumps(value, ensure_ascii=False)
