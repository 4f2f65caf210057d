"""The form of a record, made from its kind: a field for each of its fields, read and refused by the field's own value."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shanhai.catalogue.areas import load_areas
from shanhai.catalogue.indicators import load_indicators
from shanhai.ledger.errors import LedgerError
from shanhai.ledger.models import Pairing
from shanhai.programme.actions.records import EVIDENCE, Refused, context_of
from shanhai.programme.kinds import Field, Kind, Problem
from shanhai.programme.models import LONGEST_KEY, Record
from shanhai.programme.values import (
    AreaKey,
    Choice,
    Context,
    Counts,
    Currency,
    Day,
    IndicatorCode,
    Month,
    Reference,
    Unreadable,
    Value,
)
from shanhai.web.frame.refusing import told
from shanhai.web.links import register_path
from shanhai.web.register.shown import english, label, note

_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LONGEST = 2_000
_KEPT = (Choice, AreaKey, Reference, Currency, Day, IndicatorCode)
"""What quick entry takes over from the record before."""


class _DayInput(forms.DateInput):
    """A picker of days; what was typed and is none stays as text."""

    input_type = "date"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if value and not _ISO_DAY.fullmatch(str(value)):
            context["widget"]["type"] = "text"
        return context

    def format_value(self, value: Any) -> str | None:
        return str(value) if value else None


class ToldField(forms.Field):
    """A field that its value reads."""

    def __init__(self, field: Field, context: Context, widget: forms.Widget, initial: str) -> None:
        super().__init__(
            required=field.required,
            label=label(field),
            help_text=note(field),
            widget=widget,
            initial=initial,
            error_messages={"required": _("请填写。")},
        )
        self.value, self.reading = field.value, context

    def clean(self, value: Any) -> Any:
        """The value that was told.

        Raises:
            ValidationError: it cannot be read.
        """
        text = str(value or "")[: _LONGEST + 1]
        if len(text) > _LONGEST:
            raise ValidationError(_("太长了。"))
        try:
            read = self.value.read(text, self.reading)
        except Unreadable as refusal:
            raise ValidationError(refusal.en if english() else refusal.zh) from None
        if read is None and self.required:
            raise ValidationError(self.error_messages["required"])
        return read

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another text stands there."""
        return str(initial or "") != str(data or "")


class ToldForm(forms.Form):
    """A form whose refusals stand beside the fields that they are about."""

    def refuse(self, refusal: LedgerError) -> None:
        """Put what is wrong beside the fields that it is about."""
        if not isinstance(refusal, Refused):
            self.add_error(None, told(refusal))
            return
        for problem in refusal.problems:
            self.add_error(problem.field if problem.field in self.fields else None, _said(problem))


class RecordForm(ToldForm):
    """The form of a record of a kind.

    Args:
        data: what was sent; None to show it first.
        kind, pairing: of the record.
        record: the record; None for a new one.
        like: for a new one, the record before it, whose choices it takes over.
        given: for a new one, values told by the address.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        kind: Kind,
        pairing: Pairing,
        record: Record | None = None,
        like: Record | None = None,
        given: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data)
        self.kind, self.record = kind, record
        self.now: dict[str, str] = {}
        context = context_of(pairing)
        if record is None:
            self.fields["key"] = forms.CharField(
                required=False,
                label=_("编号"),
                max_length=LONGEST_KEY,
                help_text=_("办公室自己的编号；空着则自动编号。"),
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
        for field in kind.fields:
            initial = _initial(kind, field, record, like, given or {})
            self.fields[field.name] = ToldField(field, context, widget_of(kind, field, pairing), initial)
        self.fields[EVIDENCE] = forms.CharField(
            required=False,
            label=_("依据"),
            max_length=300,
            help_text=_("文号，或来源、原文句子的网址。"),
            initial=record.evidence if record else "",
        )
        if record is not None:
            self.fields["why"] = forms.CharField(required=False, label=_("改动的原因"), max_length=300)
        self.fields["revision"].initial = record.revision if record else 0

    def values(self) -> dict[str, Any]:
        """What was told, by field."""
        return {field.name: self.cleaned_data[field.name] for field in self.kind.fields}

    def show_now(self, record: Record) -> None:
        """After a conflict: what stands now beside what was typed; sending it once more overwrites it."""
        for field in self.kind.fields:
            stands = field.value.shown(getattr(record, field.name), english())
            if stands != _as_shown(field.value, self.cleaned_data.get(field.name)):
                self.now[field.name] = stands or "—"
        if record.evidence != self.cleaned_data.get(EVIDENCE, ""):
            self.now[EVIDENCE] = record.evidence or "—"
        self.data = {**self.data.dict(), "revision": str(record.revision)}  # type: ignore[attr-defined]  # a QueryDict


def _as_shown(value: Value, told_value: Any) -> str:
    return value.shown(told_value, english())


def _said(problem: Problem) -> str:
    return problem.en if english() else problem.zh


def _initial(
    kind: Kind, field: Field, record: Record | None, like: Record | None, given: Mapping[str, str]
) -> str:
    if record is not None:
        stands = getattr(record, field.name)
    elif field.name in given:
        return given[field.name][:100]
    elif like is not None and isinstance(field.value, _KEPT):
        stands = getattr(like, field.name)
    else:
        stands = kind.empty(field.name)
    return typed(field, stands)


def typed(field: Field, stands: Any) -> str:
    """A value as it would be typed into its field."""
    if hasattr(field.value, "options") or isinstance(field.value, AreaKey):
        return "" if stands is None else str(stands)
    if stands == "":
        return ""  # a column of text, of whatever value
    return field.value.shown(stands, english())


def widget_of(kind: Kind, field: Field, pairing: Pairing) -> forms.Widget:
    """What a field of a kind is filled in with."""
    value = field.value
    if isinstance(value, AreaKey):
        areas = [(key, a.name_en if english() else a.name_zh) for key, a in load_areas().items()]
        return forms.Select(choices=[("", "—"), *areas])
    if hasattr(value, "options"):
        options = [(str(o.value), o.en if english() else o.zh) for o in value.options]
        column: Any = kind.model._meta.get_field(field.name)
        blank = [] if column.has_default() else [("", "—")]
        return forms.Select(choices=[*blank, *options])
    if isinstance(value, Day) and not isinstance(value, Month):
        return _DayInput(attrs={"min": "1949-01-01", "max": "2100-12-31"})
    if isinstance(value, Reference) and value.kind != "pairing":
        address = register_path(pairing.key, value.kind)
        options_id = f"id_{field.name}-options"
        asks = {
            "hx-get": f"{address}pick/?of={field.name}",
            "hx-trigger": "focus once, input changed delay:250ms",
            "hx-target": f"#{options_id}",
            "hx-sync": "this:replace",
        }
        return forms.TextInput(attrs={"list": options_id, "autocomplete": "off", **asks})
    if isinstance(value, IndicatorCode):
        return forms.TextInput(attrs={"list": f"id_{field.name}-options", "autocomplete": "off"})
    if isinstance(value, Counts) or getattr(value, "longest", 0) > 150:
        return forms.Textarea(attrs={"rows": 2})
    return forms.TextInput(attrs={"autocomplete": "off"})


def indicators() -> list[tuple[str, str]]:
    """The catalogue's indicators to choose from: code and name."""
    return [(code, i.name_en if english() else i.name_zh) for code, i in load_indicators().items()]
