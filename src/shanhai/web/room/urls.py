"""Addresses of the reading room (``web.links.room_path``)."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from shanhai.web.room.views import adding, deciding, past, reading, waiting


class Sha256Converter(StringConverter):
    """A source's sha256."""

    regex = "[0-9a-f]{64}"


class KeyConverter(StringConverter):
    """A statement's key."""

    regex = "[0-9a-f]{32}"


register_converter(Sha256Converter, "room_source")
register_converter(KeyConverter, "room_figure")

app_name = "room"
urlpatterns = [
    path("", waiting.index, name="index"),
    path("next/", waiting.next_report, name="next"),
    path("s/<room_figure:key>/", waiting.statement, name="statement"),
    path("indicators/", adding.indicators, name="indicators"),
    path("<room_source:sha256>/", reading.report, name="report"),
    path("<room_source:sha256>/received/", reading.received, name="received"),
    path("<room_source:sha256>/history/", past.history, name="history"),
    path("<room_source:sha256>/undo/", past.undo_last, name="undo_last"),
    path("<room_source:sha256>/undo/<int:number>/", past.undo_one, name="undo"),
    path("<room_source:sha256>/add/", adding.add, name="add"),
    path("<room_source:sha256>/merge/", deciding.merge, name="merge"),
    path("<room_source:sha256>/<room_figure:key>/", reading.card, name="card"),
    path("<room_source:sha256>/<room_figure:key>/why/", reading.why, name="why"),
    path("<room_source:sha256>/<room_figure:key>/accept/", deciding.accept, name="accept"),
    path("<room_source:sha256>/<room_figure:key>/reject/", deciding.reject, name="reject"),
    path("<room_source:sha256>/<room_figure:key>/correct/", deciding.correct, name="correct"),
    path("<room_source:sha256>/<room_figure:key>/split/", deciding.split, name="split"),
]
