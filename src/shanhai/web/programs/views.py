"""The page for programs: make a token, which is shown once, revoke it; the API's operations."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shanhai.ledger.actions.tokens import Made, access_token, make, revoke, tokens
from shanhai.ledger.errors import NotPossible
from shanhai.web.api.v1 import description
from shanhai.web.frame.refusing import told
from shanhai.web.programs.forms import TokenForm
from shanhai.web.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: Request) -> HttpResponse:
    """Tokens and operations; a form sent here makes a token and shows it, this once."""
    made: Made | None = None
    form = TokenForm(request.POST or None)
    user = request.user if isinstance(request.user, User) else None
    if user and form.is_valid():
        try:
            made = make(user, form.cleaned_data["label"], actor=request.actor, days=form.cleaned_data["days"])
            form = TokenForm()
        except NotPossible as e:
            form.add_error("label", told(e))
    shown = {
        "made": made,
        "form": form,
        "tokens": tokens(request.actor),
        "now": timezone.now(),
        "operations": _operations(),
        "address": request.build_absolute_uri("/api/v1"),
    }
    answer = render(request, "programs/index.html", shown)
    if made:
        answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
def revoke_token(request: Request, number: int) -> HttpResponse:
    """Revoke a token."""
    token = revoke(access_token(request.actor, number), actor=request.actor)
    messages.success(request, _("令牌“%(label)s”已吊销。") % {"label": token.label})
    return redirect("programs:index")


def _operations() -> list[dict[str, Any]]:
    """What the API answers, as its OpenAPI description has it."""
    return [
        {
            "method": method.upper(),
            "path": path,
            "summary": operation["summary"],
            "about": operation.get("description", ""),
            "parameters": [p["name"] for p in operation.get("parameters", ()) if p["in"] == "query"],
        }
        for path, methods in description()["paths"].items()
        for method, operation in methods.items()
    ]
