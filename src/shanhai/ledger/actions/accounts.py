"""Accounts: they are made, get a password and roles, and are closed; none is ever deleted, its name stands in the audit.

A role holds for one pairing or for all. There is always an administrator who can sign in.
"""

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation

from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import record
from shanhai.ledger.errors import NotAllowed, NotPossible
from shanhai.ledger.models import Membership, Pairing, Role
from shanhai.ledger.rights import Right
from shanhai.ledger.turns import Turn, take

_LONGEST_NAME = 64
"""Django takes longer names, but an audit entry's subject must hold them."""


@transaction.atomic
def first_run(name: str, password: str, *, at: datetime.datetime | None = None) -> User:
    """Make the first administrator, in a ledger that has no account.

    Raises:
        NotAllowed: there is an account already.
        NotPossible: name or password will not do.
    """
    take(Turn.ACCOUNTS)
    if User.objects.exists():
        raise NotAllowed(
            "账本已有账号。请登录，或请管理员开设账号。",
            "The ledger has accounts already. Sign in, or ask an administrator for one.",
        )
    user = _made(name, password)
    Membership.objects.create(user=user, role=Role.ADMINISTRATOR)
    actor = Actor(user.get_username(), user_id=user.pk)
    new = {"name": user.get_username(), "role": Role.ADMINISTRATOR.value, "pairing": None}
    record(actor, "first run", _subject(user), at=at or timezone.now(), new=new)
    return user


@transaction.atomic
def make(name: str, password: str, *, actor: Actor, at: datetime.datetime | None = None) -> User:
    """Make an account; it has no role yet.

    Raises:
        NotAllowed: the actor may not manage accounts.
        NotPossible: name or password will not do, or the name is taken.
    """
    actor.require(Right.ACCOUNTS)
    take(Turn.ACCOUNTS)
    user = _made(name, password)
    record(actor, "make account", _subject(user), at=at or timezone.now(), new={"name": user.get_username()})
    return user


@transaction.atomic
def set_password(
    user: User, password: str, *, actor: Actor, current: str = "", at: datetime.datetime | None = None
) -> User:
    """Set the password of an account; its sessions end.

    Args:
        user: the account.
        password: the new one.
        actor: the account itself, or one who manages accounts.
        current: the password up to now, which whoever sets their own must know.
        at: when.

    Raises:
        NotAllowed: it is another's account and the actor may not manage accounts.
        NotPossible: the password will not do, or ``current`` is wrong.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if actor.user_id != user.pk:
        actor.require(Right.ACCOUNTS)
    elif not user.check_password(current):
        raise NotPossible("原密码不对，密码没有改。", "The current password is wrong; nothing was changed.")
    _check_password(password, user)
    user.set_password(password)
    user.save(update_fields=("password",))
    record(actor, "password", _subject(user), at=at or timezone.now(), new={"name": user.get_username()})
    return user


@transaction.atomic
def deactivate(user: User, *, actor: Actor, reason: str = "", at: datetime.datetime | None = None) -> User:
    """Close an account: it cannot sign in and has no rights; its roles stay for when it is opened again.

    Raises:
        NotAllowed: the actor may not manage accounts.
        NotPossible: it is closed, or is the last administrator.
    """
    return _set_active(user, False, actor, reason, at)


@transaction.atomic
def reactivate(user: User, *, actor: Actor, reason: str = "", at: datetime.datetime | None = None) -> User:
    """Open a closed account again.

    Raises:
        NotAllowed: the actor may not manage accounts.
        NotPossible: it is open.
    """
    return _set_active(user, True, actor, reason, at)


@transaction.atomic
def give_role(
    user: User, role: Role, pairing: Pairing | None, *, actor: Actor, at: datetime.datetime | None = None
) -> Membership:
    """Give an account a role for a pairing, in the place of the one that it has there; for all where it is None.

    Raises:
        NotAllowed: the actor may not manage accounts.
        NotPossible: the account has the role, is the last administrator, or would be administrator of one pairing.
    """
    actor.require(Right.ACCOUNTS)
    take(Turn.ACCOUNTS)
    if role == Role.ADMINISTRATOR and pairing is not None:
        raise NotPossible(
            "管理员只能是全账本的。请给“office”（办公室）角色，或给全部结对的管理员角色。",
            "An administrator is one of the whole ledger. Give the role “office”, or administrator for all pairings.",
        )
    found = Membership.objects.filter(user=user, pairing=pairing).first()
    if found is not None and found.role == role:
        raise NotPossible("该账号已有这个角色。", "The account has this role already.")
    old = _told(found) if found else None
    if found is not None and role != Role.ADMINISTRATOR:
        _check_not_last(user, found)
    member = found or Membership(user=user, pairing=pairing)
    member.role = role
    member.save()
    record(actor, "give role", _subject(user), at=at or timezone.now(), old=old, new=_told(member))
    return member


@transaction.atomic
def take_role(
    user: User, pairing: Pairing | None, *, actor: Actor, at: datetime.datetime | None = None
) -> None:
    """Take away the role that an account has for a pairing; the one for all where it is None.

    Raises:
        NotAllowed: the actor may not manage accounts.
        NotPossible: the account has none there, or is the last administrator.
    """
    actor.require(Right.ACCOUNTS)
    take(Turn.ACCOUNTS)
    found = Membership.objects.filter(user=user, pairing=pairing).first()
    if found is None:
        raise NotPossible("该账号在这里没有角色。", "The account has no role there.")
    _check_not_last(user, found)
    old = _told(found)
    found.delete()
    record(actor, "take role", _subject(user), at=at or timezone.now(), old=old)


def _made(name: str, password: str) -> User:
    user = User(username=User.normalize_username(name.strip()))
    if len(user.username) > _LONGEST_NAME:
        raise NotPossible(
            f"账号名至多{_LONGEST_NAME}个字符。", f"A name has {_LONGEST_NAME} characters at most."
        )
    if User.objects.filter(username__iexact=user.username).exists():
        raise NotPossible(
            f"账号名“{user.username}”已被使用。请换一个。",
            f"The name “{user.username}” is taken. Choose another.",
        )
    _check(lambda: User._meta.get_field("username").clean(user.username, user))
    _check_password(password, user)
    user.set_password(password)
    user.save(force_insert=True)
    return user


def _set_active(user: User, active: bool, actor: Actor, reason: str, at: datetime.datetime | None) -> User:
    actor.require(Right.ACCOUNTS)
    take(Turn.ACCOUNTS)
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active == active:
        state = ("启用", "open") if active else ("停用", "closed")
        raise NotPossible(f"该账号已经{state[0]}。", f"The account is {state[1]} already.")
    if not active and (general := Membership.objects.filter(user=user, pairing=None).first()):
        _check_not_last(user, general)
    user.is_active = active
    user.save(update_fields=("is_active",))
    record(
        actor,
        "reactivate" if active else "deactivate",
        _subject(user),
        at=at or timezone.now(),
        old={"name": user.get_username(), "active": not active},
        new={"active": active},
        why=reason.strip(),
    )
    return user


def _check_not_last(user: User, losing: Membership) -> None:
    """Refuse to leave the ledger without an administrator who can sign in."""
    if losing.role != Role.ADMINISTRATOR or losing.pairing_id is not None or not user.is_active:
        return
    others = Membership.objects.filter(role=Role.ADMINISTRATOR, pairing=None, user__is_active=True)
    if not others.exclude(user=user).exists():
        raise NotPossible(
            f"“{user.get_username()}”是最后一位管理员。请先任命另一位。",
            f"“{user.get_username()}” is the last administrator. Appoint another first.",
        )


def _check_password(password: str, user: User) -> None:
    _check(lambda: validate_password(password, user))


def _check(validate: Callable[[], object]) -> None:
    """Run a validator of Django's, and tell in both languages what it refuses."""
    told = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            try:
                validate()
            except ValidationError as e:
                told.append(" ".join(_message(one, language) for one in e.error_list))
    if told:
        raise NotPossible(*told)


def _message(error: ValidationError, language: str) -> str:
    """What Django says; in Chinese of our own where its catalogue has none."""
    if language == "zh-hans" and error.code == "password_too_short":
        return f"密码太短，至少要有{(error.params or {}).get('min_length')}个字符。"
    return " ".join(error.messages)


def _told(member: Membership) -> dict[str, Any]:
    pairing = member.pairing.key if member.pairing else None
    return {"name": member.user.get_username(), "role": str(member.role), "pairing": pairing}


def _subject(user: User) -> str:
    return f"account:{user.get_username()}"
