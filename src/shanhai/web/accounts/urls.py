"""Addresses of the accounts."""

from django.urls import path

from shanhai.web.accounts.views import administration, entering, first_run

app_name = "accounts"
urlpatterns = [
    path("sign-in", entering.SignIn.as_view(), name="sign_in"),
    path("sign-out", entering.SignOut.as_view(), name="sign_out"),
    path("password", entering.password, name="password"),
    path("first-run", first_run.administrator, name="first_run"),
    path("first-run/begin", first_run.begin, name="begin"),
    path("", administration.index, name="index"),
    path("new", administration.make_account, name="make"),
    path("<int:number>/", administration.account, name="account"),
    path("<int:number>/give-role", administration.give, name="give_role"),
    path("<int:number>/take-role", administration.take, name="take_role"),
    path("<int:number>/reset", administration.reset, name="reset"),
    path("<int:number>/active", administration.set_active, name="active"),
]
