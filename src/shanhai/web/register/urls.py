"""Addresses of the register. They agree with ``web.links``."""

from django.urls import path

from shanhai.web import converters  # noqa: F401 - registers <sha256:…>
from shanhai.web.register.views import attachments, editing, lists, overview, records

app_name = "register"
_OF = "<slug:pairing>/<slug:kind>/"
_RECORD = f"{_OF}<str:key>/"
_FILE = f"{_RECORD}files/<sha256:sha256>/"

urlpatterns = [
    path("", overview.index, name="index"),
    path("<slug:pairing>/", overview.pairing, name="pairing"),
    path(_OF, lists.index, name="list"),
    path(f"{_OF}pick/", lists.pick, name="pick"),
    path(f"{_OF}new/", editing.new, name="new"),
    path(_RECORD, records.record, name="record"),
    path(f"{_RECORD}edit/", editing.edit, name="edit"),
    path(f"{_RECORD}withdraw", records.withdraw, name="withdraw"),
    path(f"{_RECORD}bring-back", records.bring_back, name="bring_back"),
    path(f"{_RECORD}files/", attachments.attach, name="attach"),
    path(_FILE, attachments.file, name="file"),
    path(f"{_FILE}thumbnail", attachments.thumbnail, name="thumbnail"),
    path(f"{_FILE}take-out", attachments.take_out, name="take_out"),
    path(f"{_FILE}put-back", attachments.put_back, name="put_back"),
]
