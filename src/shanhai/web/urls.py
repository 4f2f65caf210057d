"""The addresses: each area's URLs under its prefix, and the pages of what goes wrong."""

from django.urls import include, path

from shanhai.web.areas import AREAS

urlpatterns = [path(area.prefix, include(f"shanhai.web.{area.name}.urls")) for area in AREAS]

handler400 = "shanhai.web.frame.refusing.malformed"
handler403 = "shanhai.web.frame.refusing.forbidden"
handler404 = "shanhai.web.frame.refusing.missing"
handler500 = "shanhai.web.frame.refusing.failed"
