"""Signing in, which failures slow down; signing out; one's own password."""

import datetime
import math
from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash, views
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shanhai.ledger.actions.accounts import set_password
from shanhai.ledger.errors import NotPossible
from shanhai.ledger.queries.accounts import has_borrowed_password, is_first_run
from shanhai.web.accounts import throttle
from shanhai.web.accounts.forms import PasswordForm, SignInForm
from shanhai.web.frame.refusing import told
from shanhai.web.middleware import MUST_CHANGE
from shanhai.web.requests import Request


class SignIn(views.LoginView):
    """The sign-in page; ``next`` says where to go afterwards, within this site only."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; the first run where there is no account."""
        return redirect("accounts:first_run") if is_first_run() else super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Try the password, unless it is too soon."""
        wait = throttle.attempt(request, request.POST.get("username", ""), timezone.now())
        if wait:
            return self._too_soon(wait)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Let in; a password that someone else set must be changed first."""
        throttle.succeeded(self.request, self.request.POST.get("username", ""))
        answer = super().form_valid(form)
        user = form.get_user()
        throttle.remember(answer, user.get_username())
        if has_borrowed_password(user):
            self.request.session[MUST_CHANGE] = True
        return answer

    def _too_soon(self, wait: datetime.timedelta) -> HttpResponse:
        seconds = math.ceil(wait.total_seconds())
        form = SignInForm(self.request, initial={"username": self.request.POST.get("username", "")})
        message = _("失败次数过多。请等%(seconds)d秒再试；忘记密码请联系管理员重设。") % {"seconds": seconds}
        answer = render(
            self.request,
            self.template_name,
            self.get_context_data(form=form, too_soon=message),
            status=429,
        )
        answer.headers["Retry-After"] = str(seconds)
        return answer


class SignOut(views.LogoutView):
    """Signs out, by a form only."""


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: Request) -> HttpResponse:
    """The page on which someone changes their own password; other sessions of the account end."""
    if not isinstance(request.user, User):
        return redirect("accounts:sign_in")
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        new, old = form.cleaned_data["new_password1"], form.cleaned_data["old_password"]
        if new == old:
            form.add_error("new_password1", _("新密码与原密码相同。请另选一个。"))
        elif user := _changed(form, request.user, new, old, request):
            update_session_auth_hash(request, user)
            request.session.pop(MUST_CHANGE, None)
            messages.success(request, _("密码已更改，其他地方的登录已退出。"))
            return redirect("home:index")
    return render(
        request,
        "accounts/password.html",
        {"form": form, "must": request.session.get(MUST_CHANGE)},
    )


def _changed(form: PasswordForm, user: User, new: str, old: str, request: Request) -> User | None:
    """The account with its new password; None where it will not do, which the form then says."""
    if not user.check_password(old):
        form.add_error("old_password", _("原密码不对，密码没有改。"))
        return None
    try:
        return set_password(user, new, actor=request.actor, current=old)
    except NotPossible as refusal:
        form.add_error("new_password1", told(refusal))
        return None
