"""Addresses of the findings' pages."""

from django.urls import path, re_path

from shanhai.web.findings.views import deeds, one, promises, queue

app_name = "findings"
_KEY = r"^(?P<key>[0-9a-f]{32})/"
urlpatterns = [
    path("", queue.index, name="index"),
    path("promises/", promises.index, name="promises"),
    re_path(_KEY + "$", one.index, name="finding"),
    re_path(_KEY + "settle/$", deeds.settle, name="settle"),
    re_path(_KEY + "reopen/$", deeds.reopen, name="reopen"),
    re_path(_KEY + "assign/$", deeds.assign, name="assign"),
]
