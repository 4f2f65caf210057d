"""Addresses of the frame: the switches of language and theme."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from shanhai.web.frame import views

app_name = "frame"
urlpatterns = [
    path("language", login_not_required(set_language), name="language"),
    path("theme", views.theme, name="theme"),
]
