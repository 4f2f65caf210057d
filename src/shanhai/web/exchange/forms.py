"""The forms of exchanges and hand-overs."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shanhai.ledger.models import Pairing
from shanhai.programme.exchange.lines import Side
from shanhai.programme.models import Member, Term


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class ExportForm(forms.Form):
    """What is exported: as which side, for which period, by whom."""

    side = forms.ChoiceField(
        label=_("我方是"), choices=((Side.SENDING, _("支援方")), (Side.RECEIVING, _("受援方")))
    )
    starts = forms.DateField(label=_("时段从"), widget=_day())
    ends = forms.DateField(label=_("时段到"), widget=_day())
    office = forms.CharField(
        label=_("导出单位"), max_length=60, help_text=_("写单位，不写个人；印在备忘录上")
    )

    def __init__(self, data: Any = None, *, side: Side | None, office: str, today: datetime.date) -> None:
        year = today.year - 1
        initial: dict[str, Any] = {"side": side, "office": office}
        initial |= {"starts": datetime.date(year, 1, 1), "ends": datetime.date(year, 12, 31)}
        super().__init__(data, initial=initial)
        if side:
            self.fields["side"].widget = forms.HiddenInput()


class TakeForm(forms.Form):
    """A file of the other side's, with its fingerprint where the key is not known yet."""

    file = forms.FileField(label=_("对方的文件"), help_text=_("对方导出的 .jsonl 文件，原样不动"))
    fingerprint = forms.CharField(
        label=_("对方念出的指纹"),
        max_length=60,
        required=False,
        help_text=_("第一次导入时请打电话，请对方念出其页面上的24位指纹；认可后不必再填"),
    )
    replace = forms.BooleanField(label=_("更换密钥：已打电话核实，对方确实换了密钥"), required=False)

    def __init__(self, *told: Any, known: bool) -> None:
        super().__init__(*told)
        if not known:
            del self.fields["replace"]


class HandoverForm(forms.Form):
    """A new hand-over: from which term to which."""

    from_term = forms.ModelChoiceField(label=_("移交批次"), queryset=Term.objects.none())
    to_term = forms.ModelChoiceField(label=_("接手批次"), queryset=Term.objects.none())

    def __init__(self, data: Any = None, *, pairing: Pairing) -> None:
        super().__init__(data)
        terms = Term.objects.filter(pairing=pairing, withdrawn=False).order_by("starts")
        for name in ("from_term", "to_term"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = terms
            field.label_from_instance = _term  # type: ignore[method-assign, assignment]


class MatterForm(forms.Form):
    """What the office adds to a matter."""

    summary = forms.CharField(label=_("移交事项"), max_length=300, widget=forms.Textarea({"rows": 3}))
    due = forms.DateField(label=_("期限"), required=False, widget=_day())
    successor = forms.ModelChoiceField(
        label=_("接手队员"), required=False, queryset=Member.objects.none(), help_text=_("列出接手批次的队员")
    )
    note = forms.CharField(
        label=_("交接说明"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("材料在哪里、找谁、到哪一步；暂无接手人的须写明"),
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any], term: Term) -> None:
        super().__init__(data, initial=initial)
        members = Member.objects.filter(team__term=term, withdrawn=False).order_by("key")
        field = self.fields["successor"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = members
        field.label_from_instance = _member  # type: ignore[method-assign, assignment]


class SignForm(forms.Form):
    """Who signs, and when."""

    given_by = forms.CharField(label=_("移交人"), max_length=60)
    taken_by = forms.CharField(label=_("接手人"), max_length=60)
    day = forms.DateField(label=_("签字日期"), widget=_day())


def _term(term: Any) -> str:
    return f"第{term.batch}批{term.phase}（{term.key}）"


def _member(member: Any) -> str:
    return f"{member.name}（{member.key}）"
