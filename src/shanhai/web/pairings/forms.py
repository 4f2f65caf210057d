"""The forms of pairings and collections."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from shanhai.ledger.actions.pairings import PairingDetails
from shanhai.ledger.errors import UnclearPlace
from shanhai.ledger.models import Pairing
from shanhai.web.frame.refusing import told

_KEY = _("用在网址和文件名里，如 minning；只能用小写字母、数字和连字符，以后不能改。")


class DetailsForm(forms.Form):
    """Names and places of a pairing. Where a place's name means several, the form asks which."""

    name_zh = forms.CharField(label=_("名称"), max_length=100, help_text=_("如：闽宁协作"))
    name_en = forms.CharField(label=_("英文名称"), max_length=100, required=False)
    sending = forms.CharField(label=_("派出地"), max_length=64, help_text=_("援助方的行政区划名称"))
    receiving = forms.CharField(label=_("受援地"), max_length=64, help_text=_("受援方的行政区划名称"))
    sending_code = forms.CharField(widget=forms.HiddenInput, max_length=9, required=False)
    receiving_code = forms.CharField(widget=forms.HiddenInput, max_length=9, required=False)

    def __init__(self, data: QueryDict | None = None, *, pairing: Pairing | None = None) -> None:
        initial = {name: getattr(pairing, name, "") for name in self.base_fields} if pairing else None
        super().__init__(_without_old_codes(data, pairing) if data and pairing else data, initial=initial)

    def details(self) -> PairingDetails:
        """What the form says."""
        return PairingDetails(**{name: self.cleaned_data[name] for name in PairingDetails.__struct_fields__})

    def ask(self, unclear: UnclearPlace) -> None:
        """Say at its field that a place is unclear, and offer what it may mean."""
        ends = [end for end in ("sending", "receiving") if self.cleaned_data[end].strip() == unclear.name]
        meant = [end for end in ends if not self.cleaned_data[f"{end}_code"]] or ends or ["receiving"]
        self.add_error(meant[0], told(unclear))
        if unclear.candidates:
            field = self.fields[f"{meant[0]}_code"]
            choices = [(code, f"{name}（{code}）") for code, name in unclear.candidates]
            field.widget, field.required = forms.RadioSelect(choices=choices), True
            field.label = _("是哪一个")


def _without_old_codes(data: QueryDict, pairing: Pairing) -> QueryDict:
    """What was sent, without the codes of places whose names were changed: a code goes with its name."""
    kept = data.copy()
    for end in ("sending", "receiving"):
        changed = kept.get(end, "").strip() != getattr(pairing, end)
        if changed and kept.get(f"{end}_code") == getattr(pairing, f"{end}_code"):
            kept[f"{end}_code"] = ""
    return kept


class PairingForm(DetailsForm):
    """A new pairing."""

    key = forms.CharField(label=_("代号"), max_length=64, help_text=_KEY)
    field_order = ("name_zh", "name_en", "key", "sending", "sending_code", "receiving", "receiving_code")


class CollectionForm(forms.Form):
    """A new collection."""

    name = forms.CharField(label=_("名称"), max_length=100, help_text=_("如：2023年考核材料"))
    key = forms.CharField(label=_("代号"), max_length=64, help_text=_KEY)


class NameForm(forms.Form):
    """Another name for a collection."""

    name = forms.CharField(label=_("名称"), max_length=100)
