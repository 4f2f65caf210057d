"""Signing in is slowed down by failures: of one account, and from one address. It is no secret whether an account exists."""

import datetime
import hashlib

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from shanhai.web.accounts.models import Failure

FREE_OF_ACCOUNT, FREE_OF_ADDRESS = 5, 20
"""So many failures cost nothing; each further one doubles the wait."""
LONGEST = datetime.timedelta(minutes=5)
FORGOTTEN = datetime.timedelta(days=1)
"""After so long without a failure all is as before."""


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
    account, address = _keys(request, name)
    with transaction.atomic():
        Failure.objects.filter(key=account).delete()
        row = Failure.objects.select_for_update().filter(key=address).first()
        if row is not None:
            row.times = max(0, row.times - 1)
            row.save(update_fields=("times",))


def address_of(request: HttpRequest) -> str:
    """Where a request comes from; behind a TLS proxy, what the proxy adds to X-Forwarded-For."""
    told = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    if settings.SECURE_PROXY_SSL_HEADER and told:
        return told.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _keys(request: HttpRequest, name: str) -> dict[str, int]:
    """The keys of account and address, in this order, with the failures that cost nothing."""
    told = (
        (f"account:{name.strip().casefold()[:150]}", FREE_OF_ACCOUNT),
        (
            f"address:{address_of(request)}",
            FREE_OF_ADDRESS,
        ),
    )
    return {hashlib.sha256(what.encode()).hexdigest(): free for what, free in told}


def _rest(row: Failure, free: int, now: datetime.datetime) -> datetime.timedelta:
    if row.times < free:
        return datetime.timedelta(0)
    wait = min(LONGEST, datetime.timedelta(seconds=2 ** min(row.times - free + 1, 20)))
    return max(datetime.timedelta(0), row.last + wait - now)
