"""The forms of the accounts, with our labels."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _


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


class PasswordForm(PasswordChangeForm):
    """The old password, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("现在的密码")
        self.fields["new_password1"].label = _("新密码")
        self.fields["new_password2"].label = _("再输一次新密码")
        self.fields["new_password1"].help_text = _("至少10个字符，不能全是数字，不能与账号相近。")
        self.fields["new_password2"].help_text = ""
