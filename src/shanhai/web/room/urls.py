"""Addresses of the reading room (``web.links.room_path``)."""

from django.urls import path

from shanhai.web import converters  # noqa: F401 - registers <sha256:…> and <key:…>
from shanhai.web.room.views import adding, deciding, past, reading, waiting

app_name = "room"
urlpatterns = [
    path("", waiting.index, name="index"),
    path("next/", waiting.next_report, name="next"),
    path("s/<key:key>/", waiting.statement, name="statement"),
    path("indicators/", adding.indicators, name="indicators"),
    path("<sha256:sha256>/", reading.report, name="report"),
    path("<sha256:sha256>/received/", reading.received, name="received"),
    path("<sha256:sha256>/history/", past.history, name="history"),
    path("<sha256:sha256>/undo/", past.undo_last, name="undo_last"),
    path("<sha256:sha256>/undo/<int:number>/", past.undo_one, name="undo"),
    path("<sha256:sha256>/add/", adding.add, name="add"),
    path("<sha256:sha256>/merge/", deciding.merge, name="merge"),
    path("<sha256:sha256>/<key:key>/", reading.card, name="card"),
    path("<sha256:sha256>/<key:key>/why/", reading.why, name="why"),
    path("<sha256:sha256>/<key:key>/accept/", deciding.accept, name="accept"),
    path("<sha256:sha256>/<key:key>/reject/", deciding.reject, name="reject"),
    path("<sha256:sha256>/<key:key>/correct/", deciding.correct, name="correct"),
    path("<sha256:sha256>/<key:key>/split/", deciding.split, name="split"),
]
