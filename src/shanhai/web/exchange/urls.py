"""Addresses of exchanges and hand-overs."""

from django.urls import path

from shanhai.web import converters  # noqa: F401 - registers <sha256:…>
from shanhai.web.exchange.views import comparing, files, handing, matters

app_name = "exchange"
urlpatterns = [
    path("", files.index, name="index"),
    path("<slug:pairing>/", files.pairing, name="pairing"),
    path("<slug:pairing>/export", files.export, name="export"),
    path("<slug:pairing>/take", files.take, name="take"),
    path("<slug:pairing>/file/<sha256:sha256>", files.download, name="file"),
    path("<slug:pairing>/of/<sha256:sending>/<sha256:receiving>/", comparing.result, name="result"),
    path("<slug:pairing>/of/<sha256:sending>/<sha256:receiving>/note", comparing.note, name="note"),
    path("<slug:pairing>/of/<sha256:sending>/<sha256:receiving>/memo", comparing.memo, name="memo"),
    path("<slug:pairing>/of/<sha256:sending>/<sha256:receiving>/lines.xlsx", comparing.sheet, name="sheet"),
    path("<slug:pairing>/handover/", handing.index, name="handovers"),
    path("<slug:pairing>/handover/<str:key>/", handing.one, name="handover"),
    path("<slug:pairing>/handover/<str:key>/gather", handing.gather, name="gather"),
    path("<slug:pairing>/handover/<str:key>/sign", handing.sign, name="sign"),
    path("<slug:pairing>/handover/<str:key>/print", handing.printed, name="print"),
    path("<slug:pairing>/handover/<str:key>/matter/<str:matter>", matters.matter, name="matter"),
    path("<slug:pairing>/taken/", matters.taken, name="taken"),
    path("<slug:pairing>/taken/<str:matter>", matters.state, name="state"),
]
