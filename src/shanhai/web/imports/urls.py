"""Addresses of imports and of the register's sheets."""

from django.urls import path, re_path

from shanhai.web.imports import views

app_name = "imports"
_TOKEN = r"^file/(?P<token>[A-Za-z0-9_-]{32})/"
urlpatterns = [
    path("", views.index, name="index"),
    path("template/<slug:kind>.xlsx", views.template, name="template"),
    path("table/<slug:pairing>/<slug:kind>.<slug:ending>", views.table, name="table"),
    re_path(_TOKEN + "$", views.one, name="one"),
    re_path(_TOKEN + "progress/$", views.progress, name="progress"),
    re_path(_TOKEN + "again/$", views.again, name="again"),
    re_path(_TOKEN + "apply/$", views.take, name="apply"),
    re_path(_TOKEN + "mend/$", views.mend, name="mend"),
    re_path(_TOKEN + "delete/$", views.delete, name="delete"),
]
