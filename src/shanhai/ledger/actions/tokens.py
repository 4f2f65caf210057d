"""Tokens: secrets by which programs act with the rights of an account.

A token is shown once, when it is made; the ledger keeps its hash. It holds for a time, and can be revoked.
"""

import datetime
import hashlib
import secrets
from typing import TYPE_CHECKING

import msgspec
from django.db import transaction
from django.utils import timezone

from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import record
from shanhai.ledger.errors import NotAllowed, NotKnown, NotPossible, NotThere
from shanhai.ledger.models import Token
from shanhai.ledger.rights import Right

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

DAYS, MOST_DAYS = 90, 366
"""For how long a token holds unless told, and for how long at most."""
MOST = 20
"""So many tokens that hold an account may have."""
_BEGIN = "shanhai_"
_BYTES = 32


class Made(msgspec.Struct, frozen=True):
    """A new token, and the secret that is shown this once."""

    token: Token
    secret: str


@transaction.atomic
def make(
    user: "User",
    label: str,
    *,
    actor: Actor,
    days: int = DAYS,
    secret: str | None = None,
    at: datetime.datetime | None = None,
) -> Made:
    """Make a token for an account: one's own, or any by a command on the machine that holds the ledger.

    Args:
        user: the account with whose rights it acts.
        label: what it is for.
        actor: who makes it.
        days: for how long it holds.
        secret: a fresh random one where None.
        at: when.

    Raises:
        NotAllowed: it is another's account.
        NotPossible: no label, a wrong number of days, or too many tokens.
    """
    if actor.user_id != user.pk and not _by_command(actor):
        raise NotAllowed("只能为自己的账号创建令牌。", "Make tokens for your own account only.")
    at = at or timezone.now()
    label = " ".join(label.split())
    _check(user, label, days, at)
    secret = _BEGIN + (secret or secrets.token_urlsafe(_BYTES))
    token = Token.objects.create(
        user=user,
        label=label,
        hash=_hash(secret),
        hint=secret[-4:],
        created=at,
        expires=at + datetime.timedelta(days=days),
    )
    told = {"label": label, "account": user.get_username(), "expires": token.expires.isoformat()}
    record(actor, "make token", f"token:{token.pk}", at=at, new=told)
    return Made(token, secret)


@transaction.atomic
def revoke(token: Token, *, actor: Actor, at: datetime.datetime | None = None) -> Token:
    """Let a token hold no more: one's own, or any by one who manages accounts.

    Raises:
        NotAllowed: it is another's.
        NotPossible: it is revoked already.
    """
    if actor.user_id != token.user_id:
        actor.require(Right.ACCOUNTS)
    at = at or timezone.now()
    token = Token.objects.select_for_update(of=("self",)).select_related("user").get(pk=token.pk)
    if token.revoked:
        raise NotPossible("该令牌已经吊销。", "This token has been revoked already.")
    token.revoked = at
    token.save(update_fields=("revoked",))
    told = {"label": token.label, "account": token.user.get_username()}
    record(actor, "revoke token", f"token:{token.pk}", at=at, old=told)
    return token


def tokens(actor: Actor) -> "QuerySet[Token]":
    """One's own tokens; all of them for one who manages accounts."""
    found = Token.objects.select_related("user").order_by("pk")
    return found if actor.may(Right.ACCOUNTS) else found.filter(user_id=actor.user_id or 0)


def access_token(actor: Actor, number: int) -> Token:
    """The token with an id.

    Raises:
        NotThere: none that the actor may see.
    """
    found = tokens(actor).filter(pk=number).first()
    if found is None:
        raise NotThere("没有这一令牌。", "There is no such token.")
    return found


def actor_of(secret: str, *, at: datetime.datetime | None = None, public: bool = False) -> Actor:
    """Who acts by a token; the day is noted.

    Args:
        secret: as the program sent it.
        at: when.
        public: whether the ledger is open to the public.

    Raises:
        NotKnown: there is no such token, it was revoked or has expired, or its account is closed.
    """
    at = at or timezone.now()
    token = Token.objects.select_related("user").filter(hash=_hash(secret)).first()
    if token is None:
        raise NotKnown(
            "令牌无效。请检查是否完整复制，或创建新的令牌。",
            "This token is not known. Check that it was copied whole, or make a new one.",
        )
    if token.revoked or not token.user.is_active:
        raise NotKnown("令牌已吊销。请创建新的令牌。", "This token has been revoked. Make a new one.")
    if token.expires <= at:
        day = timezone.localdate(token.expires).isoformat()
        raise NotKnown(
            f"令牌已于{day}过期。请创建新的令牌。", f"This token expired on {day}. Make a new one."
        )
    today = timezone.localdate(at)
    if token.last_used != today:
        Token.objects.filter(pk=token.pk).update(last_used=today)
    return Actor.of(token.user, public=public)


def _by_command(actor: Actor) -> bool:
    """Whether a command acts, which has all rights and no account."""
    return actor.user_id is None and actor.may(Right.ACCOUNTS)


def _check(user: "User", label: str, days: int, at: datetime.datetime) -> None:
    if not 0 < len(label) <= 100:
        raise NotPossible(
            "请写明令牌的用途，不超过100字。", "Say what the token is for, in at most 100 characters."
        )
    if not 0 < days <= MOST_DAYS:
        raise NotPossible(
            f"有效期应为1至{MOST_DAYS}天，不能是{days}天。",
            f"A token holds for 1 to {MOST_DAYS} days, not {days}.",
        )
    if Token.objects.filter(user=user, revoked=None, expires__gt=at).count() >= MOST:
        raise NotPossible(
            f"该账号已有{MOST}个有效令牌。请先吊销不用的令牌。",
            f"This account has {MOST} tokens that hold. Revoke those that are not used.",
        )


def _hash(secret: str) -> str:
    """Of a secret of 256 random bits a plain hash is enough: it cannot be guessed."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
