"""Who asks: the account behind the token, or the public where the ledger is open to it. No cookie counts here."""

import hashlib
import time
from typing import cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpRequest
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

from shanhai.ledger.actions.tokens import actor_of
from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotKnown

_MINUTE = 60


class Bearer(HttpBearer):
    """``Authorization: Bearer TOKEN``."""

    def __call__(self, request: HttpRequest) -> Actor:
        """Who asks.

        Raises:
            NotKnown: no token, or one that does not hold.
        """
        told = request.headers.get("Authorization", "")
        scheme, _, secret = told.partition(" ")
        if not told:
            actor = Actor.of(AnonymousUser(), public=settings.SHANHAI_PUBLIC)
            if not settings.SHANHAI_PUBLIC:
                raise NotKnown(
                    "请在 Authorization 标头中附上令牌。", "Send a token in the header Authorization."
                )
        elif scheme.lower() != "bearer":
            raise NotKnown(
                "Authorization 标头应为“Bearer 令牌”。", "The header Authorization should be “Bearer TOKEN”."
            )
        else:
            actor = self.authenticate(request, secret.strip())
        request.actor = actor  # type: ignore[attr-defined]
        return actor

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        """The account behind a token."""
        return actor_of(token, public=settings.SHANHAI_PUBLIC)


class Rate(BaseThrottle):
    """So many requests a minute from one account, or from one address of the public."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Count the request, and say whether it may go on."""
        actor = cast("Actor", request.actor)  # type: ignore[attr-defined]
        who = actor.name or f"at {request.META.get('REMOTE_ADDR', '')}"
        minute = int(time.time()) // _MINUTE
        key = f"api:{minute}:{hashlib.sha256(who.encode()).hexdigest()[:32]}"
        cache.add(key, 0, timeout=2 * _MINUTE)
        try:
            return cache.incr(key) <= settings.SHANHAI_API_RATE
        except ValueError:  # the cache dropped it in between
            return True

    def wait(self) -> float:
        """Seconds until requests are counted anew."""
        return _MINUTE - time.time() % _MINUTE
