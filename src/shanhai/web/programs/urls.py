"""Addresses of the page for programs."""

from django.urls import path

from shanhai.web.programs import views

app_name = "programs"
urlpatterns = [
    path("", views.index, name="index"),
    path("tokens/<int:number>/revoke", views.revoke_token, name="revoke"),
]
