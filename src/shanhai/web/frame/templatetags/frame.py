"""Tags and filters of every page: numbers, bounds, dates, badges, evidence, stored messages, pages of a list, charts."""

import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shanhai.ledger.models import Statement
from shanhai.model import Bounds
from shanhai.publishing.page import figures
from shanhai.web.frame.amounts import amount
from shanhai.web.frame.badges import BADGES

register = template.Library()


@register.simple_tag
def both(zh: str, en: str) -> str:
    """Of a stored message in two languages the reader's."""
    return zh if (get_language() or "zh").startswith("zh") else en


@register.filter
def told(stored: object, name: str) -> str:
    """The reader's of the fields ``NAME_zh`` and ``NAME_en``: ``{{ finding|told:"message" }}``."""
    return both(str(getattr(stored, f"{name}_zh")), str(getattr(stored, f"{name}_en")))


@register.simple_tag
def number(value: Decimal | int | float | str | None, unit: str = "") -> str:
    """A number with thousands separators and its unit; a dash where there is none."""
    if value is None or value == "":
        return "—"
    exact = value if isinstance(value, int) else Decimal(str(value))
    return figures.with_unit(figures.number(exact), unit)


@register.simple_tag
def bounds(low: str | None, high: str | None, closed: str = "both", unit: str = "") -> str:
    """An interval as an office writes it, the exact one at hand where it differs.

    Args:
        low, high: its ends as text; "" or None where open.
        closed: which ends belong to it, as a stored fact tells it.
        unit: of its ends.
    """
    short, exact = amount(low, high, closed, unit), exact_bounds(low, high, closed, unit)
    return short if short == exact else format_html('<span title="{}">{}</span>', exact, short)


@register.simple_tag
def exact_bounds(low: str | None, high: str | None, closed: str = "both", unit: str = "") -> str:
    """An interval in full: which ends belong to it, and no 万 or 亿."""
    if closed == "clash":
        return _("相互矛盾")
    interval = Bounds(
        low=_exact(low),
        high=_exact(high),
        low_closed=closed in ("both", "low"),
        high_closed=closed in ("both", "high"),
    )
    return figures.with_unit(figures.bounds(interval).removeprefix("= "), unit)


def _exact(told_as: str | None) -> Decimal | int | None:
    if not told_as:
        return None
    value = Decimal(told_as)
    return int(value) if value == value.to_integral_value() else value


@register.filter
def day(value: datetime.date | None) -> str:
    """A date, or the day of a time, as 2024-03-01; a dash where there is none."""
    if value is None:
        return "—"
    if isinstance(value, datetime.datetime):
        value = timezone.localtime(value).date()
    return format_html('<time datetime="{0}">{0}</time>', value.isoformat())


@register.filter
def moment(value: datetime.datetime | None) -> str:
    """A time as 2024-03-01 09:30, where the office is; a dash where there is none."""
    if value is None:
        return "—"
    here = timezone.localtime(value)
    return format_html(
        '<time datetime="{}">{}</time>', here.isoformat(timespec="seconds"), f"{here:%Y-%m-%d %H:%M}"
    )


@register.simple_tag
def badge(kind: str, value: str) -> SafeString:
    """A badge: ``{% badge "severity" finding.severity %}``; the kinds stand in ``frame.badges``."""
    return format_html('<span class="badge {}-{}">{}</span>', kind, value, BADGES[kind][value])


@register.simple_tag
def evidence(statement: Statement, text: str = "") -> SafeString:
    """A statement's quote (or ``text``) as a link to its sentence in the reading room."""
    shown = text or statement.quote
    try:
        address = reverse("room:statement", args=[statement.key])
    except NoReverseMatch:  # no reading room yet
        return format_html('<span class="evidence">{}</span>', shown)
    return format_html('<a class="evidence" href="{}">{}</a>', address, shown)


@register.filter
def described(field: BoundField) -> SafeString:
    """A form's field with the classes and the links to its help and its faults that assistive techniques follow."""
    ids = [
        f"{field.id_for_label}-{part}"
        for part, there in (("help", field.help_text), ("faults", field.errors))
        if there
    ]
    attributes: dict[str, Any] = {"aria-describedby": " ".join(ids)} if ids else {}
    if field.errors:
        attributes["aria-invalid"] = "true"
    return field.as_widget(attrs=attributes)


@register.inclusion_tag("frame/parts/pagination.html", takes_context=True)
def pagination(context: template.Context, page: "Page[Any]") -> dict[str, Any]:
    """Links to the other pages of a list; they keep what else the address asks for."""
    return {
        "request": context["request"],
        "page": page,
        "range": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
    }


@register.inclusion_tag("frame/parts/chart.html")
def chart(
    name: str, caption: str, options: dict[str, Any] | None = None, address: str = "", size: str = ""
) -> dict[str, Any]:
    """A picture that ``frame/chart.js`` draws, from ECharts options or the address that gives them; ``size`` is tall or low."""
    return {"id": name, "caption": caption, "options": options, "address": address, "size": size}
