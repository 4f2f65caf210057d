"""The link to undo what was just written, for the message that tells of it."""

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.translation import gettext as _

from shanhai.ledger.actors import Actor
from shanhai.ledger.audit import head
from shanhai.ledger.models import Pairing
from shanhai.programme.kinds import Kind
from shanhai.programme.queries.histories import last_entry
from shanhai.web.links import undo_path


def undo_link(actor: Actor, kind: Kind, pairing: Pairing, keys: Iterable[str], *, after: int = 0) -> str:
    """The link that leads to undoing what the actor did last to these records.

    Args:
        actor: who acts.
        kind, pairing, keys: which records.
        after: the entry that was the last before; what was done to the records until then is not offered.
    """
    number = last_entry(actor, kind, pairing, keys)
    return format_html('<a href="{}">{}</a>', undo_path(number), _("撤销")) if number > after else ""


def last_number() -> int:
    """The number of the audit's last entry."""
    found = head()
    return found.number if found else 0
