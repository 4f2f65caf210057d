"""Actors: who acts, with which rights for which pairings."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

import msgspec

from shanhai.ledger.errors import NotAllowed
from shanhai.ledger.models import Membership, Role
from shanhai.ledger.rights import MEANING, PUBLIC, RIGHTS, UNSCOPED, Right

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User


class Actor(msgspec.Struct, frozen=True):
    """Someone who acts on the ledger.

    Attributes:
        name: as it stands in the audit.
        general: rights that hold everywhere.
        scoped: rights by the pairing's id.
        user_id: the account; None for the command line and the public.
    """

    name: str
    general: frozenset[Right] = frozenset()
    scoped: dict[int, frozenset[Right]] = {}
    user_id: int | None = None

    @classmethod
    def of(cls, user: "User | AnonymousUser", *, public: bool = False) -> Self:
        """The actor of an account; one without an account has the public's rights if the ledger is open, else none."""
        if user.pk is None or not user.is_active:
            return cls("", PUBLIC if public else frozenset())
        general = PUBLIC if public else frozenset()
        scoped: dict[int, frozenset[Right]] = {}
        for pairing, role in Membership.objects.filter(user_id=user.pk).values_list("pairing_id", "role"):
            if pairing is None:
                general |= RIGHTS[Role(role)]
            else:
                scoped[pairing] = RIGHTS[Role(role)] - UNSCOPED
        return cls(user.get_username(), general, scoped, user.pk)

    @classmethod
    def command_line(cls, name: str) -> Self:
        """The actor of a command on the machine that holds the ledger: whoever can open its file may do all."""
        return cls(f"cli:{name}"[:150], frozenset(Right))

    def may(self, right: Right, pairing: int | None = None) -> bool:
        """Whether the actor has a right for a pairing; for what is filed under none, where ``pairing`` is None."""
        return right in self.general or (pairing is not None and right in self.scoped.get(pairing, ()))

    def may_somewhere(self, right: Right) -> bool:
        """Whether the actor has a right at all."""
        return right in self.general or any(right in rights for rights in self.scoped.values())

    def pairings(self, right: Right) -> Iterable[int] | None:
        """The pairings for which the actor has a right; None where it holds everywhere."""
        if right in self.general:
            return None
        return [pairing for pairing, rights in self.scoped.items() if right in rights]

    def require(self, right: Right, pairing: int | None = None) -> None:
        """Refuse who has not the right.

        Raises:
            NotAllowed: the actor has not the right for the pairing.
        """
        if not self.may(right, pairing):
            zh, en = MEANING[right]
            raise NotAllowed(
                f"您的账号无权{zh}。请联系管理员。",
                f"Your account may not {en} here. Ask an administrator.",
            )
