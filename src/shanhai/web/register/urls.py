"""Addresses of the register. They agree with ``web.links``."""

from django.urls import path

from shanhai.web import converters  # noqa: F401 - registers <sha256:…>
from shanhai.web.links import UNFILED
from shanhai.web.register.views import (
    attachments,
    deciding,
    editing,
    lists,
    overview,
    plans,
    records,
    requesting,
    undoing,
)

app_name = "register"
_OF = "<slug:pairing>/<slug:kind>/"
_RECORD = f"{_OF}<str:key>/"
_PLAN = "<slug:pairing>/project/<str:key>/plan/"
_VERSION = f"{_PLAN}<int:number>/"
_FILE = f"{_RECORD}files/<sha256:sha256>/"

urlpatterns = [
    path("", overview.index, name="index"),
    path("<slug:pairing>/", overview.pairing, name="pairing"),
    path("-/plans/", plans.waiting, {"pairing": UNFILED}, name="waiting"),
    path("-/undo/<int:number>/", undoing.show, name="undo"),
    path("<slug:pairing>/plans/", plans.waiting, name="plans"),
    path(_PLAN, plans.versions, name="plan"),
    path(f"{_PLAN}ask/", requesting.ask, name="ask_plan"),
    path(_VERSION, deciding.version, name="plan_version"),
    path(f"{_VERSION}approve", deciding.approve, name="approve_plan"),
    path(f"{_VERSION}refuse", deciding.refuse, name="refuse_plan"),
    path(f"{_VERSION}take-back", deciding.take_back, name="take_back_plan"),
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
