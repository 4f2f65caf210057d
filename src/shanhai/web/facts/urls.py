"""Addresses of the pages of facts, and of the same as files."""

from django.urls import path

from shanhai.web.facts.views import comparison, exporting, listing, one, over_years, typing

app_name = "facts"
urlpatterns = [
    path("", listing.index, name="index"),
    path("places/", typing.places, name="places"),
    path("parties/", typing.parties, name="parties"),
    path("series/", over_years.show, name="series"),
    path("compare/", comparison.show, name="compare"),
    path("list.<str:ending>", exporting.of_list, name="list-file"),
    path("series.<str:ending>", exporting.of_series, name="series-file"),
    path("compare.<str:ending>", exporting.of_comparison, name="compare-file"),
    path("<str:pairing>/<str:key>/", one.show, name="fact"),
    path("<str:pairing>/<str:key>/statements.<str:ending>", exporting.of_fact, name="fact-file"),
]
