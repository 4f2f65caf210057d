"""Addresses of the API, below ``/api/v1/``."""

from django.urls import URLPattern, URLResolver, path, re_path

from shanhai.web.api import views
from shanhai.web.api.answering import patterns
from shanhai.web.api.v1 import api, description

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.json", views.openapi, name="openapi"),
    *patterns(api, description()),
    re_path("", views.missing),
]
