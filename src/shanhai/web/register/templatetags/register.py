"""Filters of the register's pages."""

from collections.abc import Mapping

from django import template
from django.forms import BoundField, Textarea

register = template.Library()


@register.filter
def at(told: Mapping[str, str], name: str) -> str:
    """What stands under a name; "" where nothing does."""
    return told.get(name, "")


@register.filter
def is_wide(field: BoundField) -> bool:
    """Whether a field takes the whole width of a form."""
    return isinstance(field.field.widget, Textarea) or field.name in ("name", "evidence", "why", "places")
