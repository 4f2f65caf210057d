"""The address of the search."""

from django.urls import path

from shanhai.web.find import views

app_name = "find"
urlpatterns = [path("", views.index, name="index")]
