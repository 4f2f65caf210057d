"""Addresses of needs and offers."""

from django.urls import path

from shanhai.web.needs import views

app_name = "needs"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:pairing>/match", views.match, name="match"),
    path("<slug:pairing>/follow/<str:key>", views.follow, name="follow"),
]
