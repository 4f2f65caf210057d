"""Addresses of briefs."""

from django.urls import path

from shanhai.web.briefs.views import months, one, sending

app_name = "briefs"
urlpatterns = [
    path("", months.index, name="index"),
    path("send/", sending.send, name="send"),
    path("reminders.ics", months.reminders, name="reminders"),
    path("merge/<slug:pairing>/", one.merge, name="merge"),
    path("of/<slug:pairing>/<str:key>/", one.brief, name="brief"),
    path("of/<slug:pairing>/<str:key>/item/<int:number>", one.decide, name="decide"),
    path("of/<slug:pairing>/<str:key>/confirm", one.confirm, name="confirm"),
    path("of/<slug:pairing>/<str:key>/back", one.give_back, name="give_back"),
]
