"""Signing in is slowed down by failures: of one account, and from one address. It is no secret whether an account exists.

A browser in which the account signed in before is known by a signed cookie and has a count of its own: strangers who fail
on purpose keep themselves out, and not the account's owner.
"""

import datetime
import hashlib
import secrets

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from shanhai.web.accounts.models import Failure

FREE_OF_ACCOUNT, FREE_OF_ADDRESS = 5, 20
"""So many failures cost nothing; each further one doubles the wait."""
LONGEST = datetime.timedelta(minutes=5)
FORGOTTEN = datetime.timedelta(days=1)
"""After so long without a failure all is as before."""
COOKIE, KNOWN = "shanhai_known", datetime.timedelta(days=90)
"""The cookie of a browser in which an account signed in, and how long it is known."""


def attempt(request: HttpRequest, name: str, now: datetime.datetime) -> datetime.timedelta:
    """Note an attempt as a failure until ``succeeded`` says otherwise.

    Noting it beforehand leaves no gap through which many attempts at once could slip.

    Returns:
        how long to wait, where it comes too soon; it is not noted then, and no password may be looked at.
    """
    keys = _keys(request, name)
    with transaction.atomic():
        Failure.objects.filter(last__lt=now - FORGOTTEN).delete()
        for key in sorted(keys):
            Failure.objects.get_or_create(key=key, defaults={"last": now})
        rows = list(Failure.objects.select_for_update().filter(key__in=keys).order_by("key"))
        wait = max(_rest(row, keys[row.key], now) for row in rows)
        if wait > datetime.timedelta(0):
            return wait
        for row in rows:
            row.times, row.last = row.times + 1, now
            row.save(update_fields=("times", "last"))
    return datetime.timedelta(0)


def succeeded(request: HttpRequest, name: str) -> None:
    """Forget the failures of an account, and the one that ``attempt`` noted for the address."""
    account, *address = _keys(request, name)
    with transaction.atomic():
        Failure.objects.filter(key=account).delete()
        row = Failure.objects.select_for_update().filter(key__in=address).first()
        if row is not None:
            row.times = max(0, row.times - 1)
            row.save(update_fields=("times",))


def remember(response: HttpResponse, name: str) -> None:
    """Let the browser be known from now on as one in which the account signed in."""
    response.set_signed_cookie(
        COOKIE,
        f"{secrets.token_urlsafe(12)}.{_hash(_folded(name))}",
        salt=COOKIE,
        max_age=KNOWN,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def address_of(request: HttpRequest) -> str:
    """Where a request comes from; behind a TLS proxy, what the proxy adds to X-Forwarded-For."""
    told = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    if settings.SECURE_PROXY_SSL_HEADER and told:
        return told.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _keys(request: HttpRequest, name: str) -> dict[str, int]:
    """The keys with the failures that cost nothing: of account and address, or of a known browser alone."""
    if known := _known(request, name):
        told = [(f"browser:{known}", FREE_OF_ACCOUNT)]
    else:
        told = [
            (f"account:{_folded(name)}", FREE_OF_ACCOUNT),
            (f"address:{address_of(request)}", FREE_OF_ADDRESS),
        ]
    return {_hash(what): free for what, free in told}


def _known(request: HttpRequest, name: str) -> str:
    """What the browser is known by, where the account signed in in it before; else ""."""
    try:
        told = str(request.get_signed_cookie(COOKIE, "", salt=COOKIE, max_age=KNOWN))
    except signing.BadSignature:
        return ""
    return told if told.partition(".")[2] == _hash(_folded(name)) else ""


def _hash(what: str) -> str:
    return hashlib.sha256(what.encode()).hexdigest()


def _folded(name: str) -> str:
    return name.strip().casefold()[:150]


def _rest(row: Failure, free: int, now: datetime.datetime) -> datetime.timedelta:
    if row.times < free:
        return datetime.timedelta(0)
    wait = min(LONGEST, datetime.timedelta(seconds=2 ** min(row.times - free + 1, 20)))
    return max(datetime.timedelta(0), row.last + wait - now)
