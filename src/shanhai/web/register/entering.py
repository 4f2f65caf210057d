"""The way in to every page of the register: the pairing and the kind of an address, for who may see them."""

import msgspec
from django.utils.translation import gettext as _

from shanhai.ledger import access as ledger_access
from shanhai.ledger.errors import NotThere
from shanhai.ledger.models import Pairing
from shanhai.ledger.rights import Right
from shanhai.programme import access
from shanhai.programme.kinds import Kind
from shanhai.programme.models import Record
from shanhai.web.links import record_path, register_path
from shanhai.web.register.shown import many, name_of
from shanhai.web.requests import Request


class Place(msgspec.Struct, frozen=True):
    """Where in the register someone is.

    Attributes:
        pairing: whose register.
        kind: of the list or record.
        seen: the names of the kinds that they may see there.
        may_record: they may enter and change records there.
        may_export: they may take tables away.
    """

    pairing: Pairing
    kind: Kind
    seen: frozenset[str]
    may_record: bool
    may_export: bool

    @property
    def name(self) -> str:
        """What the pairing is called."""
        return name_of(self.pairing)

    @property
    def title(self) -> str:
        """What the kind is called."""
        return many(self.kind)

    @property
    def register(self) -> str:
        """The address of the pairing's register."""
        return register_path(self.pairing.key)

    @property
    def list(self) -> str:
        """The address of the kind's list."""
        return register_path(self.pairing.key, self.kind.name)

    def path(self, record: Record) -> str:
        """The address of a record of this kind."""
        return record_path(self.pairing.key, self.kind.name, record.key)


def enter(request: Request, pairing: str, kind: str, right: Right | None = None) -> Place:
    """The place that an address names.

    Raises:
        NotThere: there is no such pairing or kind for the account.
        NotAllowed: the account has not the right.
    """
    of = ledger_access.access_pairing(request.actor, pairing)
    kinds = access.kinds(request.actor, of)
    found = next((k for k in kinds if k.name == kind), None)
    if found is None:
        raise NotThere(
            "台账中没有这一类记录，或您的账号看不到它。请从台账首页进入。",
            "The register has no such kind of record that your account can see. Begin at the register's first page.",
        )
    if right is not None:
        request.actor.require(right, of.pk)
    may_record, may_export = (request.actor.may(r, of.pk) for r in (Right.RECORD, Right.EXPORT))
    return Place(of, found, frozenset(k.name for k in kinds), may_record, may_export)


def enter_record(
    request: Request, pairing: str, kind: str, key: str, right: Right | None = None
) -> tuple[Place, Record]:
    """The place and the record that an address names.

    Raises:
        NotThere: there is none for the account.
        NotAllowed: the account has not the right.
    """
    place = enter(request, pairing, kind)
    return place, access.access_record(request.actor, place.kind, place.pairing, key, right)


def groups() -> list[tuple[str, tuple[str, ...]]]:
    """The kinds in the order of a pairing's page, under what they have in common."""
    return [
        (_("项目与资金"), ("project", "money", "cofunding", "asset", "visit")),
        (_("目标与工作"), ("target", "result", "activity", "need", "match")),
        (_("队伍与人员"), ("team", "post", "member", "assess", "honour")),
        (_("结对与批次"), ("arrange", "term", "handover", "matter")),
    ]
