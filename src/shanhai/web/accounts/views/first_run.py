"""The first run: the administrator is made, then the ledger begins with the examples or empty."""

import secrets

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shanhai.ledger import access
from shanhai.ledger.actions.accounts import first_run
from shanhai.ledger.errors import NotAllowed, NotPossible
from shanhai.ledger.queries.accounts import is_first_run
from shanhai.ledger.rights import Right
from shanhai.programme import demonstration
from shanhai.web import links
from shanhai.web.accounts import examples
from shanhai.web.accounts.forms import FirstRunForm
from shanhai.web.frame.refusing import told
from shanhai.web.loopback import is_loopback
from shanhai.web.requests import Request


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def administrator(request: Request) -> HttpResponse:
    """Make the first administrator; whoever sends the form first is it."""
    if not is_first_run():
        return redirect("home:index")
    asks_code = not is_from_here(request)
    form = FirstRunForm(request.POST or None, asks_code=asks_code)
    if form.is_valid() and (not asks_code or _knows_code(form)):
        try:
            user = first_run(form.cleaned_data["name"], form.cleaned_data["new_password1"])
        except NotAllowed as refusal:  # someone else was quicker
            messages.warning(request, told(refusal))
            return redirect("accounts:sign_in")
        except NotPossible as refusal:
            form.add_error(None, told(refusal))
        else:
            login(request, user)
            return redirect("accounts:begin")
    no_code = asks_code and not settings.SHANHAI_SETUP_CODE
    return render(request, "accounts/first_run.html", {"form": form, "no_code": no_code})


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Request) -> HttpResponse:
    """Begin with the example reports, an invented register, or empty; only while the ledger has no sources."""
    request.actor.require(Right.WHOLE)
    if access.sources(request.actor).exists():
        return redirect("home:index")
    files = examples.files()
    if request.method != "POST":
        return render(request, "accounts/begin.html", {"examples": files})
    if request.POST.get("with") == "examples" and files:
        number = examples.load(actor=request.actor)
        messages.success(request, _("已读入%(number)d份示例报告。") % {"number": number})
    if request.POST.get("with") == "demonstration":
        pairing, _entered = demonstration.make(actor=request.actor, at=timezone.now())
        messages.success(request, _("已写入演示台账，全部虚构。"))
        return redirect(links.board_path(pairing.key, day=demonstration.DAY.isoformat()))
    return redirect("home:index")


def is_from_here(request: HttpRequest) -> bool:
    """Whether a request comes from a browser on this machine, through no proxy; no code is asked for then."""
    proxied = any(
        name in request.META
        for name in (
            "HTTP_X_FORWARDED_FOR",
            "HTTP_X_FORWARDED_HOST",
            "HTTP_X_FORWARDED_PROTO",
            "HTTP_X_REAL_IP",
            "HTTP_FORWARDED",
            "HTTP_VIA",
        )
    )
    host = request.get_host()
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    behind_tls = bool(settings.SECURE_PROXY_SSL_HEADER)
    return not (proxied or behind_tls) and is_loopback(name) and is_loopback(request.META["REMOTE_ADDR"])


def _knows_code(form: FirstRunForm) -> bool:
    told_code, wanted = form.cleaned_data["code"], settings.SHANHAI_SETUP_CODE
    if wanted and secrets.compare_digest(_plain(told_code).encode(), _plain(wanted).encode()):
        return True
    form.add_error("code", _("初始码不对。请看启动服务的终端。"))
    return False


def _plain(code: str) -> str:
    return code.strip().upper().replace("-", "").replace(" ", "")
