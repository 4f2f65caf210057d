"""Addresses of the boards, and of what the sending office takes away."""

from django.urls import path

from shanhai.web.boards.views import exporting, leader, sending, whatif

app_name = "boards"
urlpatterns = [
    path("", sending.index, name="index"),
    path("targets/", sending.targets, name="targets"),
    path("pairings.<str:ending>", exporting.of_pairings, name="pairings-file"),
    path("targets.<str:ending>", exporting.of_targets, name="targets-file"),
    path("<slug:pairing>/", leader.show, name="leader"),
    path("<slug:pairing>/progress/", leader.progress, name="progress"),
    path("<slug:pairing>/idle/", leader.idle, name="idle"),
    path("<slug:pairing>/shares/", whatif.show, name="shares"),
]
