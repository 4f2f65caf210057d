"""What happens to each request before a view sees it, and to each answer: headers, who acts, sign-in, refusals."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import LedgerError, NotPossible
from shanhai.web.areas import area_of
from shanhai.web.frame import refusing
from shanhai.web.readable import require_readable
from shanhai.web.upkeep import require_current_tables

MUST_CHANGE = "must_change_password"
"""In the session of one who signed in with a password that someone else set."""
_STILL_OPEN = frozenset({"accounts:password", "accounts:sign_out", "frame:language", "frame:theme"})
"""What is open before the password is changed."""

Next = Callable[[HttpRequest], HttpResponseBase]

CONTENT_SECURITY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""No script and no style but from our own files; a view that needs it stricter sets its own header."""


def headers(get_response: Next) -> Next:
    """Headers that every answer has unless its view set them."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        response.headers.setdefault("Cache-Control", "private, no-cache")
        patch_vary_headers(response, ("HX-Request",))
        return response

    return answer


class Gate:
    """Gives the view its actor, sends to sign-in who may not come in, and makes refusals readable."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Note who acts; the database is asked when a view wants to know. Refuse what cannot be read, before it is."""
        request.actor = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: Actor.of(request.user, public=settings.SHANHAI_PUBLIC)
        )
        if not _answers_programs(request):
            try:
                require_readable(request)
            except NotPossible as e:
                return refusing.refuse(request, e) or self.get_response(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Refuse where the ledger is of another version and what no database takes; send to sign-in who is not known."""
        if _answers_programs(request):
            return None
        try:
            require_current_tables()
            if _holds_nul(request, kwargs):
                return refusing.nameless_character(request)
            if not getattr(view, "login_required", True):
                return None
            if request.user.is_authenticated:
                return _to_password(request)
            return None if settings.SHANHAI_PUBLIC else _to_sign_in(request)
        except (LedgerError, DatabaseError, OSError) as e:
            return refusing.refuse(request, e)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Turn what the ledger refuses into a page; leave faults of our own to be logged."""
        return None if _answers_programs(request) else refusing.refuse(request, error)


def _holds_nul(request: HttpRequest, told: dict[str, Any]) -> bool:
    """Whether the address or a field holds the character NUL: PostgreSQL takes none, and SQLite would keep it."""
    values = (value for sent in (request.GET, request.POST) for _, found in sent.lists() for value in found)
    return any("\0" in str(value) for value in (*told.values(), *values))


def _answers_programs(request: HttpRequest) -> bool:
    area = area_of(request.path_info.lstrip("/"))
    return area is not None and area.speaks_http


def _to_password(request: HttpRequest) -> HttpResponseBase | None:
    """To the change of a password that someone else set; None where there is none to change."""
    match = request.resolver_match
    if not request.session.get(MUST_CHANGE) or (match and match.view_name in _STILL_OPEN):
        return None
    return redirect("accounts:password")


def _page_of(htmx: Any) -> str:
    """The page from which htmx asks; "" where it tells none, or what is no address."""
    try:
        return (htmx.current_url_abs_path if htmx else None) or ""
    except ValueError:
        return ""


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """To the sign-in page, and from there back; a form's address is no place to come back to."""
    htmx = getattr(request, "htmx", None)
    here = _page_of(htmx) or request.get_full_path()
    back = here if htmx or request.method in ("GET", "HEAD") else ""
    address = resolve_url(settings.LOGIN_URL) + (f"?next={quote(back)}" if back else "")
    if htmx:
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)
