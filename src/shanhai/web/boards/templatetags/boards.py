"""Tags of the boards: amounts in the boards' unit, parts of a whole, lengths on a line."""

from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from shanhai.web import links
from shanhai.web.boards import words

register = template.Library()


@register.simple_tag
def money(amount: Decimal | str | None, unit: str = "") -> str:
    """An amount in the boards' unit, to the fen at hand; a dash where there is none, such as a stage without money."""
    if not isinstance(amount, Decimal):
        return "—"
    exact = _("%s元") % f"{amount:,.2f}"
    return format_html('<span title="{}">{}{}</span>', exact, words.shown(amount), f" {unit}" if unit else "")


@register.simple_tag
def money_unit() -> str:
    """The unit of amounts."""
    return words.money_unit()


@register.simple_tag
def record(pairing: str, kind: str, key: str) -> str:
    """The address of a record of the register."""
    return links.record_path(pairing, kind, key)


@register.filter
def percent(part: Decimal | str | None) -> str:
    """A part in per cent; a dash where there is none."""
    return "—" if not isinstance(part, Decimal) else f"{part.normalize():f}%"
