"""Addresses of the sources. They agree with ``web.links``."""

from django.urls import path

from shanhai.web import converters  # noqa: F401 - registers <sha256:…>
from shanhai.web.sources.views import listing, one, sending, standing

app_name = "sources"
urlpatterns = [
    path("", listing.index, name="index"),
    path("upload/", sending.upload, name="upload"),
    path("upload/announce", sending.announce_files, name="announce"),
    path("upload/text", sending.paste, name="paste"),
    path("upload/<int:number>/", sending.progress, name="sent"),
    path("upload/<int:number>/<int:position>", sending.send, name="send"),
    path("upload/<int:number>/again", sending.again, name="again"),
    path("upload/<int:number>/discard", sending.forget, name="discard"),
    path("rebuild", standing.rebuild, name="rebuild"),
    path("freshness", standing.freshness, name="freshness"),
    path("<sha256:sha256>/", one.source, name="source"),
    path("<sha256:sha256>/bytes", one.download, name="bytes"),
    path("<sha256:sha256>/file", one.file, name="file"),
    path("<sha256:sha256>/collections", one.collect, name="collect"),
]
