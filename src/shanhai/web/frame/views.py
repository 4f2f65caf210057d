"""The switch of the theme; that of the language is Django's."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from shanhai.web.frame.context import THEME_COOKIE, THEMES
from shanhai.web.requests import Request


@login_not_required
@require_POST
def theme(request: Request) -> HttpResponse:
    """Keep the theme in a cookie and go back; a script has no need to go anywhere."""
    chosen = request.POST.get("theme", "")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    if chosen in THEMES:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(
            THEME_COOKIE, chosen, 365 * 24 * 3600, secure=secure, httponly=True, samesite="Lax"
        )
    return response
