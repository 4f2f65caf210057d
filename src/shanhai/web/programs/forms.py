"""The form that makes a token."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shanhai.ledger.actions.tokens import DAYS, MOST_DAYS


class TokenForm(forms.Form):
    """What the token is for, and for how long it holds."""

    label = forms.CharField(label=_("令牌的用途"), max_length=100)
    days = forms.IntegerField(label=_("有效天数"), min_value=1, max_value=MOST_DAYS, initial=DAYS)
