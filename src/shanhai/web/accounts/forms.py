"""The forms of the accounts, with our labels."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from shanhai.ledger.models import Role
from shanhai.web.accounts.words import ROLES


def _password(label: Any, autocomplete: str, help_text: Any = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, widget=widget, strip=False, max_length=1000, help_text=help_text)


ALL = "-"
"""Stands for all pairings; no pairing's key is it."""
_RULES = _("至少10个字符，不能全是数字，不能与账号相近。")


class _Twice(forms.Form):
    """A new password, twice."""

    new_password1 = _password(_("新密码"), "new-password", _RULES)
    new_password2 = _password(_("再输一次新密码"), "new-password")

    def clean_new_password2(self) -> str:
        """Both are the same."""
        second = str(self.cleaned_data["new_password2"])
        if self.cleaned_data.get("new_password1", second) != second:
            raise forms.ValidationError(_("两次输入的密码不同。请重新输入。"))
        return second


class SignInForm(AuthenticationForm):
    """User name and password."""

    error_messages = {  # noqa: RUF012 - as Django declares it
        "invalid_login": _("账号或密码不对。请注意大小写。"),
        "inactive": _("该账号已停用。请联系管理员。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("账号")
        self.fields["password"].label = _("密码")


class PasswordForm(_Twice):
    """The old password, and the new one twice."""

    field_order = ("old_password", "new_password1", "new_password2")
    old_password = _password(_("现在的密码"), "current-password")


class FirstRunForm(_Twice):
    """The first administrator; the setup code where it is asked for."""

    field_order = ("code", "name", "new_password1", "new_password2")
    name = forms.CharField(
        label=_("管理员账号"),
        max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        help_text=_("可用汉字、字母、数字和 @ . + - _"),
    )

    def __init__(self, *args: Any, asks_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("密码")
        self.fields["new_password2"].label = _("再输一次密码")
        if asks_code:
            self.fields["code"] = forms.CharField(
                label=_("初始码"),
                max_length=100,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
                help_text=_("启动服务的终端里显示的一串字母数字，证明您管理这台服务器。"),
            )
            self.order_fields(self.field_order)


class AccountForm(forms.Form):
    """A new account, with its first role."""

    name = forms.CharField(
        label=_("账号"), max_length=64, help_text=_("可用汉字、字母、数字和 @ . + - _，以后不能改。")
    )
    role = forms.ChoiceField(label=_("角色"), choices=lambda: list(ROLES.items()), initial=Role.READER)
    pairing = forms.ChoiceField(label=_("范围"), initial=ALL)

    def __init__(self, *args: Any, pairings: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pairing"].choices = [(ALL, _("全部结对")), *pairings]  # type: ignore[attr-defined]


class RoleForm(AccountForm):
    """A role for an account."""

    name = None  # type: ignore[assignment]
