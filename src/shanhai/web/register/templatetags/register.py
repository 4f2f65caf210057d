"""Filters of the register's pages."""

from collections.abc import Mapping

from django import template
from django.forms import BoundField, Select, Textarea

register = template.Library()


@register.filter
def at(told: Mapping[str, str], name: str) -> str:
    """What stands under a name; "" where nothing does."""
    return told.get(name, "")


@register.filter
def is_wide(field: BoundField) -> bool:
    """Whether a field takes the whole width of a form."""
    return isinstance(field.field.widget, Textarea) or field.name in ("name", "evidence", "why", "places")


@register.filter
def is_optional(field: BoundField) -> bool:
    """Whether a field may stay empty: a choice without an empty one never is."""
    if isinstance(field.field.widget, Select):
        return not field.field.required and any(value == "" for value, _word in field.field.widget.choices)
    return not field.field.required
