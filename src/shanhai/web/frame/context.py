"""What the frame's templates know in every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from shanhai.ledger.rights import Right
from shanhai.web.areas import AREAS, SEARCH

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "shanhai_theme"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Navigation, theme and whether the ledger is open to the public. Nothing here asks the database before it is used."""
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    return {
        "actor": getattr(request, "actor", None),
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "search_address": _search(),
        "theme": theme if theme in THEMES else "auto",
        "public": settings.SHANHAI_PUBLIC,
    }


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The entries that the actor may use; ``current`` marks the one whose area the page is in, ``menu`` where it stands."""
    actor = getattr(request, "actor", None)
    match = request.resolver_match
    here = (match.view_name, match.app_name) if match else ("", "")
    shown = [
        (area.name, entry)
        for area in AREAS
        for entry in area.entries
        if not entry.right or (actor is not None and actor.may_somewhere(Right(entry.right)))
    ]
    exact = any(entry.view == here[0] for _, entry in shown)
    first = dict(reversed(shown))
    return [
        {
            "label": entry.label,
            "address": reverse(entry.view),
            "key": entry.key,
            "menu": entry.menu,
            "current": entry.view == here[0] if exact else name == here[1] and first[name] is entry,
        }
        for name, entry in shown
    ]


def _search() -> str:
    try:
        return reverse(SEARCH)
    except NoReverseMatch:  # no area searches yet
        return ""
