"""Addresses of pairings and collections."""

from django.urls import path

from shanhai.web.pairings.views import collections, pairings

app_name = "pairings"
urlpatterns = [
    path("", pairings.index, name="index"),
    path("new", pairings.make, name="make"),
    path("collections/", collections.index, name="collections"),
    path("collections/<slug:key>/", collections.collection, name="collection"),
    path("collections/<slug:key>/take-out", collections.take_out_source, name="take_out"),
    path("collections/<slug:key>/delete", collections.delete, name="delete_collection"),
    path("of/<slug:key>/", pairings.change, name="change"),
]
