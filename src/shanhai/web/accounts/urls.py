"""Addresses of the accounts."""

from django.urls import path

from shanhai.web.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in", views.SignIn.as_view(), name="sign_in"),
    path("sign-out", views.SignOut.as_view(), name="sign_out"),
    path("password", views.Password.as_view(), name="password"),
]
