"""Addresses of the first page."""

from django.urls import path

from shanhai.web.home import views

app_name = "home"
urlpatterns = [path("", views.index, name="index")]
