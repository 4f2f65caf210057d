"""What the pages of accounts ask."""

from django.contrib.auth.models import User
from django.db.models import QuerySet

from shanhai.ledger.actors import Actor
from shanhai.ledger.errors import NotThere
from shanhai.ledger.models import Entry, Role
from shanhai.ledger.rights import Right


def accounts(
    actor: Actor, *, name: str = "", role: str = "", pairing: str = "", active: str = ""
) -> QuerySet[User]:
    """The accounts by name, with their roles; what is "" does not narrow.

    Args:
        actor: who asks.
        name: a part of the name.
        role: a role that they have.
        pairing: a pairing's key, for which they have the role; ``-``: for all pairings.
        active: ``yes`` or ``no``.

    Raises:
        NotAllowed: the actor may not manage accounts.
    """
    actor.require(Right.ACCOUNTS)
    found = User.objects.order_by("username").prefetch_related("memberships__pairing")
    if name:
        found = found.filter(username__icontains=name)
    held: dict[str, object] = {}
    if role in Role.values:
        held["memberships__role"] = role
    if pairing == "-":
        held["memberships__pairing"] = None
    elif pairing:
        held["memberships__pairing__key"] = pairing
    if held:
        found = found.filter(memberships__isnull=False, **held).distinct()
    return found.filter(is_active=active == "yes") if active in ("yes", "no") else found


def access_account(actor: Actor, number: int) -> User:
    """The account with an id.

    Raises:
        NotAllowed: the actor may not manage accounts.
        NotThere: there is none.
    """
    found = accounts(actor).filter(pk=number).first()
    if found is None:
        raise NotThere(
            "没有这个账号。请从账号列表重新进入。",
            "There is no such account. Go back to the list of accounts.",
        )
    return found


def is_first_run() -> bool:
    """Whether no account was ever made."""
    return not User.objects.exists()


def has_borrowed_password(user: User) -> bool:
    """Whether someone else set the account's password, so that it must be changed."""
    last = (
        Entry.objects.filter(
            subject=f"account:{user.get_username()}", action__in=("make account", "password")
        )
        .order_by("-number")
        .first()
    )
    return last is not None and last.by != user.get_username()
