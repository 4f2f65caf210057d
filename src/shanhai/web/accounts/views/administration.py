"""Accounts, for those who manage them: list, make, roles, close and open, a new password."""

import secrets
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shanhai.ledger import access
from shanhai.ledger.actions import accounts as actions
from shanhai.ledger.errors import NotPossible
from shanhai.ledger.models import Pairing, Role
from shanhai.ledger.queries.accounts import access_account, accounts
from shanhai.ledger.rights import Right
from shanhai.web.accounts.forms import ALL, AccountForm, RoleForm
from shanhai.web.accounts.words import ABOUT, ROLES, pairing_name
from shanhai.web.frame.refusing import told
from shanhai.web.requests import Request

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_FILTERS = ("name", "role", "pairing", "active")


@require_safe
def index(request: Request) -> HttpResponse:
    """The accounts."""
    chosen = {name: request.GET.get(name, "").strip() for name in _FILTERS}
    found = accounts(request.actor, **chosen)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    shown = {"page": page, "chosen": chosen, "roles": ROLES, "pairings": _pairings(request)}
    return render(request, "accounts/index.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def make_account(request: Request) -> HttpResponse:
    """Make an account with a first role; its password is shown once."""
    request.actor.require(Right.ACCOUNTS)
    form = AccountForm(request.POST or None, pairings=_pairings(request))
    if form.is_valid():
        password = first_password()
        try:
            with transaction.atomic():
                user = actions.make(form.cleaned_data["name"], password, actor=request.actor)
                actions.give_role(
                    user, Role(form.cleaned_data["role"]), _pairing(request, form), actor=request.actor
                )
        except NotPossible as refusal:
            form.add_error(None, told(refusal))
        else:
            return _shown_once(request, user, password)
    return render(request, "accounts/make.html", {"form": form, "about": _about()})


@require_safe
def account(request: Request, number: int) -> HttpResponse:
    """One account."""
    return _account(request, access_account(request.actor, number))


@require_POST
def give(request: Request, number: int) -> HttpResponse:
    """Give a role for a pairing or for all, in the place of the one there."""
    user = access_account(request.actor, number)
    form = RoleForm(request.POST, pairings=_pairings(request))
    if form.is_valid():
        try:
            actions.give_role(
                user, Role(form.cleaned_data["role"]), _pairing(request, form), actor=request.actor
            )
        except NotPossible as refusal:
            form.add_error(None, told(refusal))
        else:
            messages.success(request, _("角色已给予。"))
            return redirect("accounts:account", number)
    return _account(request, user, form)


@require_POST
def take(request: Request, number: int) -> HttpResponse:
    """Take a role away."""
    user = access_account(request.actor, number)
    key = request.POST.get("pairing", "")
    pairing = access.access_pairing(request.actor, key) if key else None
    return _done(
        request, user, lambda: actions.take_role(user, pairing, actor=request.actor), _("角色已收回。")
    )


@require_POST
def reset(request: Request, number: int) -> HttpResponse:
    """Set a new random password, shown once; the account's sessions end."""
    user = access_account(request.actor, number)
    if user.pk == request.actor.user_id:
        return redirect("accounts:password")
    password = first_password()
    actions.set_password(user, password, actor=request.actor)
    return _shown_once(request, user, password)


@require_POST
def set_active(request: Request, number: int) -> HttpResponse:
    """Close an account, or open it again."""
    user = access_account(request.actor, number)
    reason = request.POST.get("reason", "").strip()[:1000]
    if request.POST.get("active") == "yes":
        return _done(
            request,
            user,
            lambda: actions.reactivate(user, actor=request.actor, reason=reason),
            _("账号已启用。"),
        )
    return _done(
        request, user, lambda: actions.deactivate(user, actor=request.actor, reason=reason), _("账号已停用。")
    )


def first_password() -> str:
    """A password that can be read out: about 79 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def _done(request: Request, user: User, act: Any, message: str) -> HttpResponse:
    """Act and go back to the account; what is refused stands there."""
    try:
        act()
    except NotPossible as refusal:
        return _account(request, user, fault=told(refusal))
    messages.success(request, message)
    return redirect("accounts:account", user.pk)


def _account(request: Request, user: User, form: RoleForm | None = None, fault: str = "") -> HttpResponse:
    shown = {
        "person": access_account(request.actor, user.pk),
        "form": form or RoleForm(pairings=_pairings(request)),
        "roles": ROLES,
        "about": _about(),
        "fault": fault,
        "own": user.pk == request.actor.user_id,
    }
    wrong = bool(fault or (form and form.errors))
    return render(request, "accounts/account.html", shown, status=422 if wrong else 200)


def _shown_once(request: Request, user: User, password: str) -> HttpResponse:
    answer = render(request, "accounts/shown_once.html", {"person": user, "password": password})
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _pairings(request: Request) -> list[tuple[str, str]]:
    return [(pairing.key, pairing_name(pairing)) for pairing in access.pairings(request.actor)]


def _pairing(request: Request, form: AccountForm) -> Pairing | None:
    key = form.cleaned_data["pairing"]
    return None if key == ALL else access.access_pairing(request.actor, key)


def _about() -> list[tuple[Any, Any]]:
    return [(ROLES[role], ABOUT[role]) for role in ROLES]
