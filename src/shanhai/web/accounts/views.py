"""Signing in and out, and changing one's own password: Django's views in our frame."""

from django.contrib import messages
from django.contrib.auth import views
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from shanhai.web.accounts.forms import PasswordForm, SignInForm


class SignIn(views.LoginView):
    """The sign-in page; ``next`` says where to go afterwards, within this site only."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


class SignOut(views.LogoutView):
    """Signs out, by a form only."""


class Password(views.PasswordChangeView):
    """The page on which someone changes their own password; other sessions of the account end."""

    template_name = "accounts/password.html"
    form_class = PasswordForm
    success_url = reverse_lazy("home:index")

    def form_valid(self, form: PasswordForm) -> HttpResponse:  # type: ignore[override]
        """Store it and say so."""
        response = super().form_valid(form)
        messages.success(self.request, _("密码已更改。"))
        return response
