"""Addresses of the draft checker."""

from django.urls import path, re_path

from shanhai.web.check import looks, views

app_name = "check"
_TOKEN = r"^(?P<token>[A-Za-z0-9_-]{32})/"
urlpatterns = [
    path("", views.index, name="index"),
    path("result.css", looks.style, name="style"),
    path("result.js", looks.script, name="script"),
    re_path(_TOKEN + "$", views.result, name="result"),
    re_path(_TOKEN + "state/$", views.state, name="state"),
    re_path(_TOKEN + "delete/$", views.delete, name="delete"),
    re_path(_TOKEN + r"(?P<what>docx|jsonl|html)/$", views.download, name="download"),
]
