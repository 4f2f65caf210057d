"""Addresses of the audit."""

from django.urls import path

from shanhai.web.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.index, name="index"),
    path("chain", views.check_chain, name="chain"),
    path("archive", views.archive, name="archive"),
]
